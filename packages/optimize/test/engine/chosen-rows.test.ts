/** What a planner is told that a data layer sends, and what it is compared with, give the same rows: both are run on rows with NULL and without partner. */
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { isRewrite, type RewriteQuestion } from "../../src/model/index-question.ts";

const schema = `
datasource db {
  provider = "postgresql"
}
model Person {
  id    Int @id
  bossId Int?
  boss  Person? @relation("boss", fields: [bossId], references: [id])
  team  Person[] @relation("boss")
  trips Trip[]
  seats Seat[]
  @@index([bossId])
}
model Trip {
  id       Int @id
  driverId Int?
  driver   Person? @relation(fields: [driverId], references: [id])
  seats    Seat[]
  @@index([driverId])
}
model Seat {
  id      Int @id
  tripId  Int?
  trip    Trip? @relation(fields: [tripId], references: [id])
  guestId Int?
  guest   Person? @relation(fields: [guestId], references: [id])
  row     Int
  @@index([tripId])
  @@index([guestId])
}`;
const filters = [
  "where: { OR: [{ guestId: one }, { trip: { driverId: one } }] }",
  "where: { row: two, OR: [{ trip: { driverId: { in: [one, two] } } }, { guestId: one, row: one }] }",
  "where: { OR: [{ guestId: one }, { trip: { driver: { bossId: two } } }, { guest: { bossId: one } }] }",
  "where: { OR: [{ guestId: one }, { trip: { driverId: one } }] }, orderBy: { id: 'desc' }, take: 9",
];

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(`
    CREATE TABLE "Person" (id int PRIMARY KEY, "bossId" int);
    CREATE TABLE "Trip" (id int PRIMARY KEY, "driverId" int);
    CREATE TABLE "Seat" (id int PRIMARY KEY, "tripId" int, "guestId" int, row int);
    INSERT INTO "Person" SELECT n, CASE WHEN n % 3 = 0 THEN NULL ELSE n % 4 END FROM generate_series(1, 6) n;
    INSERT INTO "Trip" SELECT n, CASE WHEN n % 4 = 0 THEN NULL ELSE n % 5 END FROM generate_series(1, 15) n;
    INSERT INTO "Seat" SELECT n, CASE WHEN n % 7 = 0 THEN NULL ELSE n % 15 END, CASE WHEN n % 5 = 0 THEN NULL ELSE n % 3 END, n % 3 FROM generate_series(1, 90) n;`);
}, 120_000);

afterAll(() => database.close());

async function asked(filter: string): Promise<RewriteQuestion | undefined> {
  const found: RewriteQuestion[] = [];
  const text = `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
express().get("/seats", async (req, res) => {
  const one = Number(req.query.one);
  const two = Number(req.query.two);
  res.json(await prisma.seat.findMany({ ${filter} }));
});`;
  await analyzeSources(
    [
      { file: "src/app.ts", text },
      { file: "schema.prisma", text: schema },
    ],
    {
      planner: (_, questions) => {
        found.push(...questions.filter(isRewrite));
        return Promise.resolve([]);
      },
    },
  );
  return found[0];
}

it.each(filters)("%s", async (filter) => {
  const { statement = "", instead = "" } = (await asked(filter)) ?? {};
  expect(instead).toContain("UNION ALL");
  const rowsOf = async (sql: string, values: readonly number[]): Promise<readonly string[]> =>
    (await database.query(sql, [...values])).rows.map((row) => JSON.stringify(row)).sort();
  const many = Math.max(...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  let rows = 0;
  for (let first = 0; first < 3; first++) {
    const values = Array.from({ length: many }, (_, place) => (first + place) % 3);
    const before = await rowsOf(statement, values);
    expect(await rowsOf(instead, values), `${statement}\n${instead}`).toEqual(before);
    rows += before.length;
  }
  expect(rows).toBeGreaterThan(5);
});
