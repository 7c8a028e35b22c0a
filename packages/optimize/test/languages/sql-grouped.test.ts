/** A rewritten statement gives the same rows: both are run on rows with NULL, duplicates and groups without rows. */
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { sqlShape } from "../../src/languages/sql-conditions.ts";

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(`
    CREATE TABLE guests (id int PRIMARY KEY, city text, host int);
    CREATE TABLE visits (id int PRIMARY KEY, guest int, room int, price int, paid boolean);
    CREATE TABLE rooms (id int PRIMARY KEY, name text);
    INSERT INTO guests SELECT n, (ARRAY['here', 'there', NULL])[1 + n % 3], CASE WHEN n % 4 = 0 THEN NULL ELSE n % 5 END FROM generate_series(1, 20) n;
    -- Guests above 12 have no visits, some visits no guest, and guest 99 is nobody.
    INSERT INTO visits SELECT n, CASE WHEN n % 7 = 0 THEN NULL WHEN n % 11 = 0 THEN 99 ELSE n % 12 END, n % 3, CASE WHEN n % 5 = 0 THEN NULL ELSE n % 4 END, (ARRAY[true, false, NULL])[1 + n % 3]
    FROM generate_series(1, 120) n;
    INSERT INTO rooms VALUES (0, 'a'), (1, 'b'), (2, NULL);`);
}, 120_000);

afterAll(() => database.close());

async function rowsOf(sql: string): Promise<readonly string[]> {
  const { rows } = await database.query<Record<string, unknown>>(sql);
  return rows.map((row) => JSON.stringify(row)).sort();
}

const rewritten = (sql: string): readonly (string | undefined)[] => (sqlShape(sql)?.rowQueries ?? []).map(({ rewrite }) => rewrite);

const values = [
  "count(*)",
  "COUNT(v.price)",
  "count(DISTINCT v.price)::int",
  "count(*) FILTER (WHERE v.paid)",
  "sum(v.price)",
  "coalesce(max(v.price), -1)",
  "min(v.price * 2 - 1)",
  "avg(v.price)::numeric",
  "bool_and(v.paid)",
];
const froms = [
  "FROM visits v WHERE v.guest = g.id",
  "FROM visits AS v WHERE g.id = v.guest AND v.paid IS NOT TRUE AND v.price BETWEEN 1 AND 3",
  "FROM visits v WHERE v.guest = g.id AND v.room = g.host",
  "FROM visits v JOIN rooms r ON r.id = v.room WHERE r.name IN ('a', 'b') AND v.guest = g.host",
  "FROM visits v WHERE v.guest = g.id AND v.price > 1000",
];
const arounds = [
  (inner: string) => `SELECT g.*, ${inner} AS n FROM guests g`,
  (inner: string) => `SELECT g.city, ${inner} n FROM guests g LEFT JOIN guests h ON h.id = g.host WHERE g.city <> 'there' ORDER BY n;`,
  (inner: string) =>
    `SELECT DISTINCT g.city, coalesce(${inner}, NULL) AS n FROM guests AS g -- all of them\nWHERE g.host IS NULL OR g.id > 3`,
];
const conditions = [
  (inner: string) => `SELECT g.id FROM guests g WHERE ${inner} > 1 AND g.id > 2`,
  (inner: string) => `SELECT g.id FROM guests g WHERE (${inner} IS NULL OR g.id = 5)`,
];

describe("one grouped query instead of a query for each row", () => {
  it("gives the same rows, whatever is aggregated, by which conditions, and where it stands", async () => {
    let tried = 0;
    for (const value of values)
      for (const from of froms)
        for (const around of value.startsWith("bool") ? arounds.slice(0, 2) : [...arounds, ...conditions]) {
          const sql = around(`(SELECT ${value} ${from})`);
          const [rewrite, ...others] = rewritten(sql);
          expect(others, `of ${sql}`).toEqual([]);
          expect(rewrite, `of ${sql}`).toContain("LEFT JOIN (SELECT");
          expect(rewrite, `of ${sql}`).not.toMatch(/\(\s*SELECT\s+(?:count|sum|coalesce|max|min|avg|bool)/i);
          expect(await rowsOf(rewrite ?? ""), `${sql}\n${rewrite ?? ""}`).toEqual(await rowsOf(sql));
          tried++;
        }
    expect(tried).toBe(210);
  }, 120_000);

  it("is written with the statement's own words", () => {
    expect(
      rewritten("SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id AND v.room = $1) AS n FROM guests g WHERE g.city > $2"),
    ).toEqual([
      "SELECT g.id, COALESCE(grouped.row_value, 0) AS n FROM guests g LEFT JOIN (SELECT v.guest AS row_key, count(*) AS row_value FROM visits v WHERE v.room = $1 GROUP BY v.guest) AS grouped ON grouped.row_key = g.id WHERE g.city > $2",
    ]);
  });

  it("is not written where it may give something else", () => {
    const inner = "(SELECT count(*) FROM visits v WHERE v.guest = g.id)";
    for (const sql of [
      // Its columns would be among those of the star; a column without a name would get another one.
      `SELECT *, ${inner} AS n FROM guests g`,
      `SELECT g.id, ${inner} FROM guests g`,
      `SELECT coalesce(${inner}, 1) FROM guests g`,
      // The rows around are grouped, locked, or not to be joined.
      `SELECT g.city, max(${inner}) AS n FROM guests g GROUP BY g.city`,
      `SELECT g.id, ${inner} AS n FROM guests g FOR UPDATE`,
      `SELECT g.id, ${inner} AS n FROM guests g, rooms r`,
      // A name is taken.
      `SELECT g.id, ${inner} AS grouped FROM guests g`,
      // The row around is named otherwise than by equality.
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id AND v.room < g.host) AS n FROM guests g",
      "SELECT g.id, (SELECT sum(v.price * g.host) FROM visits v WHERE v.guest = g.id) AS n FROM guests g",
      "SELECT g.id, (SELECT count(*) + g.host FROM visits v WHERE v.guest = g.id) AS n FROM guests g",
      // It has more rows than one, or other rows.
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id GROUP BY v.room) AS n FROM guests g",
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id HAVING count(*) > 2) AS n FROM guests g",
      "SELECT g.id, (SELECT max(v.price) FROM visits v WHERE v.guest = g.id LIMIT 1 OFFSET 1) AS n FROM guests g",
      // What fails, or changes each time, for rows that nobody asked for.
      "SELECT g.id, (SELECT sum(v.price / v.room) FROM visits v WHERE v.guest = g.id) AS n FROM guests g",
      "SELECT g.id, (SELECT sum(v.city::int) FROM visits v WHERE v.guest = g.id) AS n FROM guests g",
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id AND v.price > random()) AS n FROM guests g",
      // Placeholders that are counted by their place.
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id AND v.room = ?) AS n FROM guests g WHERE g.city > ?",
      "SELECT g.id, (SELECT count(*) FROM visits v WHERE v.guest = g.id AND v.room = %s) AS n FROM guests g",
    ])
      expect(rewritten(sql), `of ${sql}`).toEqual([undefined]);
  });

  it("says which names without a table must be the inner table's own", () => {
    const [query] =
      sqlShape('SELECT g.id, (SELECT count(*) FROM visits WHERE guest = g.id AND "paid" AND price > 1) AS n FROM guests g')?.rowQueries ??
      [];
    expect(query).toMatchObject({
      table: "visits",
      aggregate: "count",
      keys: [{ column: "guest", table: "guests", of: "id" }],
      bare: ["guest", "paid", "price"],
    });
  });

  it("is not asked for where a given value, or a limit, bounds the rows around", () => {
    const inner = "(SELECT count(*) FROM visits v WHERE v.guest = g.id) AS n FROM guests g";
    for (const rest of [
      "g.city = $1",
      "$1 = g.id",
      "g.id = ANY($1)",
      "(g.city = ? OR g.host = ?)",
      "g.id IN (SELECT w.guest FROM visits w WHERE w.room = $1)",
      "g.id > 3 LIMIT 20",
    ])
      expect(rewritten(`SELECT g.id, ${inner} WHERE ${rest}`), `where ${rest}`).toEqual([]);
    for (const rest of ["g.city = 'here'", "g.id > $1", "g.id > 3 LIMIT 1000", "g.id > 3 ORDER BY n LIMIT 20"])
      expect(rewritten(`SELECT g.id, ${inner} WHERE ${rest}`), `where ${rest}`).toHaveLength(1);
  });

  it("stands in the finding only where the schema says that keys are equal as groups are, and whose the names are", async () => {
    const better = async (sql: string, guest = "bigint", room = "bigint NOT NULL"): Promise<readonly (string | undefined)[]> => {
      const { findings } = await analyzeSources([
        {
          file: "src/app.ts",
          text: `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexpress().get("/list", async (req, res) => {\n  res.json((await pool.query("${sql}")).rows);\n});\n`,
        },
        {
          file: "schema.sql",
          text: `CREATE TABLE guests (id int PRIMARY KEY, city text);\nCREATE TABLE visits (id int PRIMARY KEY, guest ${guest}, room ${room});\n`,
        },
      ]);
      return findings.filter(({ rule }) => rule === "db/correlated-subquery").map((finding) => finding.better);
    };
    const sql = "SELECT g.id, (SELECT count(*) FROM visits WHERE guest = g.id AND room > 3) AS n FROM guests g";
    expect(await better(sql)).toEqual([expect.stringContaining("LEFT JOIN (SELECT guest AS row_key")]);
    expect(await better(sql, "citext")).toEqual([undefined]);
    // `city` is the column of the row around.
    expect(await better(sql.replace("room", "city"))).toEqual([undefined]);
  });
});
