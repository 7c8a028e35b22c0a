/** One query for each of several conditions gives the rows of the one with OR: both are run on rows with NULL, duplicates and rows without partner. */
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlShape } from "../../src/languages/sql-conditions.ts";

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(`
    CREATE TABLE orders (id int PRIMARY KEY, owner int, buyer int, state text, at int);
    CREATE TABLE members (orders_id int, person int, role text);
    CREATE TABLE people (id int, name text, team int);
    -- Values meet in every combination with NULL; orders 35 to 40 have no members, some members no order; members and people are there twice.
    INSERT INTO orders SELECT n, CASE WHEN n % 5 = 0 THEN NULL ELSE n % 4 END, CASE WHEN n % 7 = 0 THEN NULL ELSE n % 3 END,
      (ARRAY['open', 'done', NULL])[1 + n % 3], n % 6 FROM generate_series(1, 40) n;
    INSERT INTO members SELECT CASE WHEN n % 11 = 0 THEN NULL ELSE n % 35 END, CASE WHEN n % 6 = 0 THEN NULL ELSE n % 4 END,
      (ARRAY['a', 'b', NULL])[1 + n % 3] FROM generate_series(1, 120) n;
    INSERT INTO members SELECT * FROM members WHERE person = 1;
    INSERT INTO people SELECT n % 5, (ARRAY['x', 'y', NULL])[1 + n % 3], CASE WHEN n % 4 = 0 THEN NULL ELSE n % 3 END FROM generate_series(1, 15) n;`);
}, 120_000);

afterAll(() => database.close());

const rowsOf = async (sql: string): Promise<readonly string[]> =>
  (await database.query<Record<string, unknown>>(sql)).rows.map((row) => JSON.stringify(row));

const splitOf = (sql: string) => sqlShape(sql)?.split;

const joins = [
  "FROM orders o JOIN members m ON m.orders_id = o.id",
  "FROM orders AS o LEFT JOIN members AS m ON m.orders_id = o.id -- some have none",
  "FROM orders o FULL JOIN members m ON m.orders_id = o.id",
  "FROM orders o LEFT JOIN members m ON m.orders_id = o.id LEFT JOIN people p ON p.id = m.person",
];
const conditions = [
  "o.owner = 1 OR m.person = 1",
  "(o.owner = 1 OR m.person = 1) AND o.state = 'open'",
  "o.at > 1 AND (m.person IN (1, 2) OR (o.owner = 2 AND o.state IS NOT NULL) OR o.buyer = 1)",
  "((o.state = 'done' AND m.role = 'a') OR m.person = 3 OR o.owner = 3)",
  "NOT (o.owner = 1) OR m.role <> 'a' OR lower(o.state) LIKE 'op%'",
  "o.owner IS NULL OR m.person IS NULL",
  "m.person = o.owner OR o.buyer = 2",
];
const lists = ["o.*", "o.id, m.person", "m.role AS said, coalesce(o.state, 'none') AS state", "DISTINCT o.state, m.role", "m.role, m.role"];

describe("a query for each condition of which one is enough", () => {
  it("gives the same rows as often, whatever is joined, asked and selected", async () => {
    let tried = 0;
    let rows = 0;
    for (const from of joins)
      for (const where of conditions)
        for (const list of lists) {
          const sql = `SELECT ${list} ${from}\nWHERE ${where};`;
          const rewrite = splitOf(sql)?.rewrite ?? "";
          expect(rewrite, `of ${sql}`).toContain(list.startsWith("DISTINCT") ? " UNION SELECT " : " UNION ALL SELECT ");
          const [before, after] = [await rowsOf(sql), await rowsOf(rewrite)];
          expect([...after].sort(), `${sql}\n${rewrite}`).toEqual([...before].sort());
          rows += before.length;
          tried++;
        }
    expect(tried).toBe(140);
    expect(rows).toBeGreaterThan(1000);
  }, 120_000);

  it("gives the same page in the same order, where the order tells every two rows apart", async () => {
    const pages = [
      "SELECT * FROM orders WHERE owner = 1 OR buyer = 1 ORDER BY at DESC, id LIMIT 5",
      "SELECT id, at AS moment FROM orders WHERE (owner = 1 OR buyer IN (1, 2)) AND at < 5 ORDER BY at, id DESC LIMIT 4 OFFSET 2",
      'SELECT o."id", o.at FROM orders o WHERE owner = 2 OR buyer IS NULL OR state IS NULL ORDER BY o.at DESC NULLS LAST, o."id" LIMIT 7',
      "SELECT DISTINCT o.id, o.at FROM orders o LEFT JOIN members m ON m.orders_id = o.id WHERE o.owner = 1 OR m.person = 1 ORDER BY o.at, o.id LIMIT 6",
      "SELECT o.id, o.at AS moment FROM orders o LEFT JOIN people p ON p.id = o.owner WHERE o.buyer = 1 OR p.team = 1 ORDER BY o.at, o.id LIMIT 7 OFFSET 1",
      "SELECT o.* FROM orders o LEFT JOIN people p ON p.id = o.owner WHERE o.buyer = 1 OR p.team = 1 ORDER BY o.at DESC, o.id LIMIT 9",
    ];
    for (const sql of pages) {
      const rewrite = splitOf(sql)?.rewrite ?? "";
      expect(rewrite).toContain("UNION");
      const before = await rowsOf(sql);
      expect(before.length).toBeGreaterThan(2);
      expect(await rowsOf(rewrite), `${sql}\n${rewrite}`).toEqual(before);
    }
  });

  it("is written with the statement's own words", () => {
    const sql =
      "SELECT o.id, o.at AS moment FROM orders o JOIN members m ON m.orders_id = o.id WHERE o.state = $1 AND (o.owner = $2 OR m.person = $2) ORDER BY o.at LIMIT $3";
    expect(splitOf(sql)).toEqual({
      branches: [
        { tables: ["orders"], alternatives: [[{ table: "orders", column: "owner" }]] },
        { tables: ["members"], alternatives: [[{ table: "members", column: "person" }]] },
      ],
      besides: [{ table: "orders", column: "state" }],
      rewrite:
        "(SELECT o.id, o.at AS moment FROM orders o JOIN members m ON m.orders_id = o.id WHERE o.state = $1 AND o.owner = $2 ORDER BY o.at LIMIT $3) UNION ALL (SELECT o.id, o.at AS moment FROM orders o JOIN members m ON m.orders_id = o.id WHERE o.state = $1 AND m.person = $2 AND (o.owner = $2) IS NOT TRUE ORDER BY o.at LIMIT $3) ORDER BY moment LIMIT $3",
    });
    expect(splitOf(sql.replaceAll(/\$\d/g, "?"))).toMatchObject({ counted: true });
  });

  it("says how a page of one table is sorted", () => {
    expect(splitOf("SELECT * FROM orders WHERE owner = $1 OR buyer = $1 ORDER BY at DESC LIMIT 20")).toMatchObject({
      page: [{ column: "at", order: "desc" }],
      branches: [{ tables: ["orders"] }, { tables: ["orders"] }],
    });
  });

  it("is not said where one table's indexes serve the conditions together", () => {
    for (const sql of [
      "SELECT * FROM orders WHERE owner = $1 OR buyer = $2",
      "SELECT * FROM orders WHERE owner = $1 OR buyer = $2 ORDER BY at",
      "SELECT * FROM orders WHERE owner = $1 OR buyer = $2 LIMIT 20",
      // How many rows lie before the end of the page is not known.
      "SELECT * FROM orders WHERE owner = $1 OR buyer = $2 ORDER BY at LIMIT 20 OFFSET $3",
      "SELECT * FROM orders WHERE owner = $1 OR owner = $2 ORDER BY at LIMIT 20",
      "SELECT o.* FROM orders o JOIN members m ON m.orders_id = o.id WHERE o.owner = $1 OR o.buyer = $1",
    ])
      expect(splitOf(sql), `of ${sql}`).toBeUndefined();
  });

  it("is not written where it may give something else, or what a name means is not known", () => {
    const from = "FROM orders o LEFT JOIN members m ON m.orders_id = o.id";
    const either = "(o.owner = $1 OR m.person = $1)";
    for (const sql of [
      // The rows are counted, numbered, grouped or locked together.
      `SELECT count(*) ${from} WHERE ${either}`,
      `SELECT o.id, row_number() OVER (ORDER BY o.at) ${from} WHERE ${either}`,
      `SELECT o.state ${from} WHERE ${either} GROUP BY o.state`,
      `SELECT o.id ${from} WHERE ${either} FOR UPDATE`,
      `SELECT DISTINCT ON (o.id) o.id ${from} WHERE ${either}`,
      `SELECT SQL_CALC_FOUND_ROWS o.id ${from} WHERE ${either}`,
      // What a function of the project's own does is not known.
      `SELECT o.id ${from} WHERE ${either} AND seen(o.id)`,
      `SELECT tally(o.id) ${from} WHERE ${either}`,
      `SELECT o.id ${from} WHERE ${either} AND o.at > random()`,
      // Whose columns these are, or what is put in.
      `SELECT o.id ${from} WHERE owner = $1 OR person = $1`,
      `SELECT o.id ${from} WHERE (o.owner = $1 OR m.person = $1) \uFFFC`,
      // A value that decides whether there is a condition at all; a query inside.
      `SELECT o.id ${from} WHERE $1 IS NULL OR o.owner = $1`,
      `SELECT o.id ${from} WHERE o.owner = $1 OR EXISTS (SELECT 1 FROM people p WHERE p.id = m.person)`,
      // The order is by what is not selected, by an expression, or by what has the name of two things.
      `SELECT o.id ${from} WHERE ${either} ORDER BY o.at`,
      `SELECT o.id, o.at ${from} WHERE ${either} ORDER BY o.at + 1`,
      `SELECT * ${from} WHERE ${either} ORDER BY o.at`,
      `SELECT o.at, m.role AS at ${from} WHERE ${either} ORDER BY o.at`,
      "SELECT * FROM orders WHERE owner = $1 OR buyer = $1 ORDER BY lower(state) LIMIT 10",
    ])
      expect(splitOf(sql), `of ${sql}`).toBeUndefined();
  });
});
