import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { scan } from "../../src/engine/scan.ts";
import { temporaryFolder } from "../temporary.ts";

async function messagesOf(files: Record<string, string>): Promise<readonly string[]> {
  const { findings } = await scan(temporaryFolder({ "package.json": "{}", ...files }), {});
  return findings.filter((finding) => finding.tier === "likely").map((finding) => finding.message);
}

const opening = `
import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const app = express();
`;

it("a piece of a longer list is not said to have no bound itself", async () => {
  const messages = await messagesOf({
    "app.ts": `${opening}
app.post("/tags", async (req, res) => {
  const names = req.body.names as string[];
  for (let i = 0; i < names.length; i += 20) {
    const part = names.slice(i, i + 20);
    for (const name of part) console.log(await prisma.tag.findFirst({ where: { name } }));
  }
  res.end();
});`,
  });
  expect(messages).toEqual([expect.stringContaining("each element of `part`")]);
  expect(messages[0]).toContain("the list is a piece of one that has no bound");
});

it("a function that is called where it is written has no name to be shown", async () => {
  const messages = await messagesOf({
    "app.ts": `${opening}
app.post("/tags", async (req, res) => {
  for (const name of req.body.names as string[]) {
    await (async () => {
      console.log(await prisma.tag.findFirst({ where: { name } }));
    })();
  }
  res.end();
});`,
  });
  expect(messages).toEqual([expect.stringContaining("`findFirst` on `tag`")]);
  expect(messages[0]).not.toContain("``");
});

it("the table of a query in a shared base is that of the class that was asked", async () => {
  const messages = await messagesOf({
    "app.ts": `
import express from "express";
import mongoose, { Model, Schema } from "mongoose";
const Person = mongoose.model("Person", new Schema({ name: String }));
const Team = mongoose.model("Team", new Schema({ name: String }));
class Base<T> {
  constructor(protected model: Model<T>) {}
  async one(id: string) {
    return this.model.findOne({ _id: id }).read("primary");
  }
}
class People extends Base<{ name: string }> {
  constructor() {
    super(Person);
  }
}
class Teams extends Base<{ name: string }> {
  constructor() {
    super(Team);
  }
}
const people = new People();
const teams = new Teams();
express().get("/all", async (req, res) => {
  for (const id of (req.query.people as string).split(",")) console.log(await people.one(id));
  for (const id of (req.query.teams as string).split(",")) console.log(await teams.one(id));
  res.end();
});`,
  });
  expect(messages).toEqual([expect.stringContaining("`findOne` on `Person`"), expect.stringContaining("`findOne` on `Team`")]);
});

it("statements that delete and those that filter are not said to do the same", async () => {
  const { findings } = await analyzeSources([
    {
      file: "prisma/schema.prisma",
      text: `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model Shelf {
  id    Int    @id @default(autoincrement())
  books Book[]
}
model Book {
  id      Int    @id @default(autoincrement())
  title   String
  shelf   Shelf  @relation(fields: [shelfId], references: [id], onDelete: Cascade)
  shelfId Int
}
`,
    },
    {
      file: "app.ts",
      text: `${opening}
app.get("/books/:shelf", async (req, res) => {
  res.json(await prisma.book.findMany({ where: { shelfId: Number(req.params.shelf) }, take: 20 }));
});
app.post("/books", async (req, res) => {
  res.json(await prisma.book.create({ data: req.body }));
});
app.post("/shelves", async (req, res) => {
  res.json(await prisma.shelf.create({ data: req.body }));
});
app.delete("/shelves/:id", async (req, res) => {
  await prisma.shelf.delete({ where: { id: Number(req.params.id) } });
  res.end();
});`,
    },
  ]);
  const messages = findings.filter(({ rule }) => rule === "db/missing-index-fk").map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining(" (1 other needs it too), and no index of `Book`")]);
});

it("a route that has nothing of a finding's kind in its formula is not shown as its cost", async () => {
  const { findings } = await scan(
    temporaryFolder({
      "package.json": "{}",
      "app.ts": `${opening}
import { frame } from "some-framework";
app.get("/frame", (req, res) => {
  frame(req, res, {
    async signIn(names: string[]) {
      for (const name of names) console.log(await prisma.tag.findFirst({ where: { name } }));
    },
  });
});`,
    }),
    {},
  );
  const found = findings.find(({ rule }) => rule === "db/n-plus-one");
  expect(found?.impact).toEqual({ basis: "structural", formula: "once for each of names", degree: 1 });
});

it("a text that an expression is tried on is named by what is made a text", async () => {
  const messages = await messagesOf({
    "app.ts": `
import express from "express";
express().get("/search", (req, res) => {
  const { q } = req.query;
  res.json(/^(a+)+$/.test(String(q)));
});`,
  });
  expect(messages).toEqual([expect.stringContaining("others decide what `q` says")]);
});
