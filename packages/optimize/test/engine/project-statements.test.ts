import { describe, expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { projectStatements } from "../../src/engine/statements/project-statements.ts";
import { fingerprintOf } from "../../src/model/statement.ts";
import type { ProjectStatement, ProjectStatements } from "../../src/model/project-statement.ts";

async function sentBy(...files: readonly (readonly [string, string])[]): Promise<ProjectStatements> {
  const { project } = await analyzeSources(
    files.map(([file, text]) => ({ file, text })),
    { rules: [] },
  );
  return projectStatements(project);
}

const schema = `
generator client { provider = "prisma-client-js" }
datasource db {
  provider = "postgresql"
}
model Author {
  id Int @id @default(autoincrement())
  name String
  books Book[]
}
model Book {
  id Int @id @default(autoincrement())
  title String
  state String
  authorId Int
  author Author @relation(fields: [authorId], references: [id])
}
`;
const prismaApp = (handler: string): string => `
import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const app = express();
app.get("/books", async (req, res) => { ${handler} });
`;
const only = ({ statements }: ProjectStatements): ProjectStatement => {
  expect(statements).toHaveLength(1);
  return statements[0] as ProjectStatement;
};

describe("what a program sends", () => {
  it("is the text that stands in the code, with its place and its routes", async () => {
    const text = "SELECT id FROM books WHERE state = $1";
    const found = only(
      await sentBy([
        "server.ts",
        `import express from "express"; import { Pool } from "pg"; const pool = new Pool(); const app = express();
app.get("/books", async (req, res) => res.json(await pool.query("${text}", [req.query.state])));`,
      ]),
    );
    expect(found).toMatchObject({ sql: text, planned: text, from: "text", kind: "read", unknown: [], routes: ["GET /books"] });
    expect(found.places).toMatchObject([{ file: "server.ts", line: 2 }]);
    expect(found.fingerprint).toBe(fingerprintOf("select id from books where state = 'new'"));
  });

  it("is put together from a call and the schema, with constants and placeholders", async () => {
    const found = only(
      await sentBy(
        ["schema.prisma", schema],
        [
          "server.ts",
          prismaApp(
            `res.json(await prisma.book.findMany({ where: { state: "new", title: req.query.title }, orderBy: { id: "desc" }, take: 20 }));`,
          ),
        ],
      ),
    );
    expect(found.sql).toBe(`SELECT * FROM "Book" WHERE "Book"."state" = 'new' AND "Book"."title" = $1 ORDER BY "Book"."id" DESC LIMIT $2`);
    expect(found).toMatchObject({ from: "call", library: "prisma", method: "findMany", table: "Book", unknown: [] });
    expect(found.planned).toBe(found.sql);
  });

  it("names the columns that the call names", async () => {
    const { statements } = await sentBy(
      ["schema.prisma", schema],
      [
        "server.ts",
        prismaApp(`const keys = JSON.parse(req.query.keys);
  res.json([
    await prisma.book.findMany({ where: { state: "new" }, select: { id: true, title: true } }),
    await prisma.book.findMany({ where: { title: "x" }, select: keys }),
    await prisma.book.findMany({ where: { title: "x", state: "y" }, omit: { title: true } }),
  ]);`),
      ],
    );
    expect(statements.map(({ sql, unknown }) => [sql, unknown])).toEqual([
      [`SELECT "id", "title" FROM "Book" WHERE "Book"."state" = 'new'`, []],
      [`SELECT * FROM "Book" WHERE "Book"."title" = 'x'`, ["which columns it reads"]],
      [`SELECT * FROM "Book" WHERE "Book"."title" = 'x' AND "Book"."state" = 'y'`, ["which columns it reads"]],
    ]);
  });

  it("names the columns that a write sets", async () => {
    const { statements } = await sentBy([
      "server.js",
      `import express from "express";
import { DataTypes, Sequelize } from "sequelize";
const sequelize = new Sequelize("postgres://host/x");
const Book = sequelize.define("book", { state: DataTypes.TEXT, title: DataTypes.TEXT }, { tableName: "books", timestamps: false });
express().post("/books", async (req, res) => {
  await Book.update({ state: "gone" }, { where: { state: "old" } });
  await Book.update(req.body, { where: { title: "x" } });
  res.end();
});`,
    ]);
    expect(statements.map(({ sql, planned }) => [sql, planned !== undefined])).toEqual([
      [`UPDATE "books" SET "state" = $1 WHERE "books"."state" = 'old'`, true],
      [`UPDATE "books" SET … WHERE "books"."title" = 'x'`, false],
    ]);
  });

  it("is data that goes to another thread as it is", async () => {
    const sent = await sentBy(
      ["schema.prisma", schema],
      [
        "server.ts",
        prismaApp(`await prisma.book.deleteMany({ where: { state: "old" } });
  res.json([await prisma.book.count({ where: { state: "new" } }), await prisma.book.findFirst({ where: { title: req.query.q } })]);`),
      ],
    );
    expect(sent.statements.map(({ sql }) => sql)).toEqual([
      `DELETE FROM "Book" WHERE "Book"."state" = 'old'`,
      `SELECT * FROM "Book" WHERE "Book"."title" = $1 LIMIT 1`,
      `SELECT count(*) FROM "Book" WHERE "Book"."state" = 'new'`,
    ]);
    expect(structuredClone(sent)).toEqual(JSON.parse(JSON.stringify(sent)));
  });

  it("says one more statement for each relation that the library loads by one", async () => {
    const { statements } = await sentBy(
      ["schema.prisma", schema],
      ["server.ts", prismaApp(`res.json(await prisma.author.findMany({ where: { name: req.query.name }, include: { books: true } }));`)],
    );
    expect(statements.map(({ sql }) => sql)).toEqual([
      `SELECT * FROM "Author" WHERE "Author"."name" = $1`,
      `SELECT * FROM "Book" WHERE "authorId" IN ($1, $2, $3)`,
    ]);
  });

  it("joins the table that a condition lies in", async () => {
    const found = only(
      await sentBy(
        [
          "shop/models.py",
          `from django.db import models
class Author(models.Model):
    name = models.CharField(max_length=100)
class Book(models.Model):
    title = models.CharField(max_length=100)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
`,
        ],
        [
          "shop/views.py",
          `from django.http import JsonResponse
from .models import Book
def books(request):
    return JsonResponse({"books": list(Book.objects.filter(author__name=request.GET["name"]))})
`,
        ],
        [
          "shop/urls.py",
          `from django.urls import path
from . import views
urlpatterns = [path("books", views.books)]
`,
        ],
      ),
    );
    expect(found.sql).toBe(
      `SELECT "shop_book".* FROM "shop_book" LEFT JOIN "shop_author" ON "shop_author"."id" = "shop_book"."author_id" WHERE "shop_author"."name" = $1`,
    );
  });

  it("says what is not known, and gives no planner a statement whose rows are not known", async () => {
    const found = only(
      await sentBy(
        ["schema.prisma", schema],
        [
          "server.ts",
          prismaApp(`const where = JSON.parse(req.query.where);
  res.json(await prisma.book.findMany({ where: { state: "new", ...where } }));`),
        ],
      ),
    );
    expect(found.unknown).toEqual(["further conditions"]);
    expect(found.planned).toBeUndefined();
  });

  it("says of one row by no condition that it is not known which", async () => {
    const found = only(
      await sentBy(["schema.prisma", schema], ["server.ts", prismaApp(`res.json(await prisma.book.findFirst({ skip: 3 }));`)]),
    );
    expect(found.unknown).toEqual(["which row it reads"]);
    expect(found.planned).toBeUndefined();
  });

  it("lists calls of which nothing can be said, by why", async () => {
    const { statements, unsaid } = await sentBy(["server.ts", prismaApp(`res.json(await prisma.book.findMany({ where: { id: 1 } }));`)]);
    expect(statements).toEqual([]);
    expect(unsaid).toMatchObject([{ why: "no schema was found that has the table", places: [{ file: "server.ts" }] }]);
  });

  it("is one statement for one shape, with all its places", async () => {
    const found = only(
      await sentBy(
        ["schema.prisma", schema],
        [
          "server.ts",
          prismaApp(`const a = await prisma.book.findMany({ where: { state: "new" } });
  const b = await prisma.book.findMany({ where: { state: "old" } });
  res.json([a, b]);`),
        ],
      ),
    );
    expect(found.places).toHaveLength(2);
  });
});
