import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const database = {
  file: "lib/database.ts",
  text: `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
`,
};

const parts = {
  file: "components/parts.tsx",
  text: `import { prisma } from "../lib/database";
export async function Side({ writer }) {
  const notes = await prisma.note.findMany({ where: { writer }, take: 5 });
  return <ul>{notes.map((note) => <li key={note.id}>{note.text}</li>)}</ul>;
}
export const Words = async ({ of }) => {
  const words = await prisma.word.findMany({ where: { of }, take: 5 });
  return <b>{words.length}</b>;
};
export function Plain({ children }) {
  return <div>{children}</div>;
}
`,
};

const page = (body: string) => ({
  file: "app/notes/page.tsx",
  text: `import { cookies } from "next/headers";
import { prisma } from "../../lib/database";
import { Plain, Side, Words } from "../../components/parts";
export default async function Page() {
  const held = await cookies();
  const writer = held.get("writer");
  const all = await prisma.topic.findMany({ take: 20 });
  return ${body};
}
`,
});

async function reads(body: string): Promise<number> {
  const { project } = await analyzeSources([database, parts, page(body)]);
  const entry = project.entries.find(({ kind }) => kind === "page");
  return entry?.cost.reads?.max.get("") ?? 0;
}

describe("a component that runs on the server", () => {
  test("runs where it is shown", async () => {
    expect(await reads("<div>{all.length}</div>")).toBe(1);
    expect(await reads("<div><Side writer={writer} /></div>")).toBe(2);
    expect(await reads("<Plain><Side writer={writer} /><Words of={writer} /></Plain>")).toBe(3);
  });

  test("runs once for each element of a list that is shown", async () => {
    const list = page("<ul>{all.map((topic) => <Words key={topic.id} of={topic.id} />)}</ul>");
    const { project } = await analyzeSources([database, parts, list]);
    expect(project.looped.map(({ operation, loop }) => `${operation.table ?? ""} for each of ${loop.name}`)).toEqual([
      "word for each of all",
    ]);
  });

  test("runs only where a condition holds", async () => {
    const { project } = await analyzeSources([database, parts, page("<div>{writer ? <Side writer={writer} /> : null}</div>")]);
    const entry = project.entries.find(({ kind }) => kind === "page");
    expect([entry?.cost.reads?.min.get("") ?? 0, entry?.cost.reads?.max.get("") ?? 0]).toEqual([1, 2]);
  });

  test("is reached from the page", async () => {
    const { project } = await analyzeSources([database, parts, page("<Side writer={writer} />")]);
    const side = project.operations.find(({ table }) => table === "note");
    expect(side === undefined ? [] : project.routesReaching(side.place.function).map(({ name }) => name)).toEqual(["page /notes"]);
  });
});

describe("what a function of Next remembers", () => {
  test("is not asked again", async () => {
    const kept = {
      file: "lib/kept.ts",
      text: `import { unstable_cache } from "next/cache";
import { prisma } from "./database";
export const settings = unstable_cache(async () => prisma.setting.findUnique({ where: { id: 1 } }), [], { tags: ["settings"] });
export const words = async () => ({ of: await settings() });
`,
    };
    const shown = {
      file: "app/notes/page.tsx",
      text: `import { cookies } from "next/headers";
import { settings, words } from "../../lib/kept";
export default async function Page() {
  await cookies();
  const [one, other] = await Promise.all([settings(), words()]);
  return <b>{one.name}{other.of.name}</b>;
}
`,
    };
    const { project } = await analyzeSources([database, kept, shown]);
    expect(project.repeats).toEqual([]);
  });
});
