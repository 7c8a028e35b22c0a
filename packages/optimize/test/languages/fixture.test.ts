/** The fixtures themselves: every layer has some, of every sort that counts. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { dataLayers } from "../../src/languages/data-layers/index.ts";
import type { Fixture } from "./fixture.ts";
import { fixtures } from "./fixture.ts";

const folder = new URL("./data-layers/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".fixture.ts"));

test("marks become expectations and leave the code", () => {
  const [one] = fixtures({ title: `\nconst a = 1;\nread(a); //> db-read user list, connect -\n` });
  expect(one?.code).toBe("const a = 1;\nread(a);\n");
  expect(one?.expect).toEqual([
    { kind: "db-read", table: "user", list: true, bulk: false, batched: false, blocking: false, line: 2 },
    { kind: "connect", list: false, bulk: false, batched: false, blocking: false, line: 2 },
  ]);
});

test("every data layer has fixtures", () => {
  expect(files.map((name) => name.replace(/\.fixture\.ts$/, "")).sort()).toEqual(dataLayers.map((library) => library.id).sort());
});

test.each(files)("%s has reads, writes, and an unproven receiver", async (name) => {
  const module = (await import(new URL(name, folder).href)) as { readonly default: readonly Fixture[] };
  const kinds = new Set(module.default.flatMap((fixture) => fixture.expect.map((expected) => expected.kind)));
  expect([...kinds].some((kind) => kind.endsWith("-read"))).toBe(true);
  expect([...kinds].some((kind) => kind.endsWith("-write"))).toBe(true);
  const unproven = module.default.find((fixture) => fixture.title === "nothing without a proven receiver");
  expect(unproven?.expect).toEqual([]);
});
