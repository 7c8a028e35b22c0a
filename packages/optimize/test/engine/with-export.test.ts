import { describe, expect, it } from "vitest";
import { analyzeSources, type Analysis } from "../../src/engine/analyze.ts";
import type { Planner } from "../../src/engine/planned.ts";
import { withExport } from "../../src/engine/schema/with-export.ts";
import { isRewrite } from "../../src/model/index-question.ts";
import type { DatabaseExport } from "../../src/model/database-export.ts";
import { column, index, schemaOf, table } from "../databases/oracle/sample-schema.ts";

const exportedIndex = (name: string, ...columns: string[]): DatabaseExport["tables"][number]["indexes"][number] => ({
  name,
  method: "btree",
  unique: false,
  origin: "declared",
  valid: true,
  columns: columns.map((one) => ({ name: one, order: "asc" })),
  include: [],
  pages: 100,
  rows: 50_000,
});
const exported = (indexes: DatabaseExport["tables"][number]["indexes"] = [], rows = 50_000): DatabaseExport => ({
  format: "optimize-database-export",
  version: 1,
  dialect: "postgresql",
  server: "17.2",
  values: false,
  settings: {},
  extensions: [],
  notes: [],
  tables: [
    {
      schema: "public",
      name: "users",
      rows,
      pages: 700,
      allVisible: 0,
      columns: [
        { name: "id", type: "integer", nullable: false },
        { name: "email", type: "text", nullable: false },
      ],
      primaryKey: ["id"],
      foreignKeys: [],
      indexes,
      statistics: [],
    },
  ],
});

describe("an export in the schema of a project", () => {
  const own = schemaOf(
    table("users", [{ ...column("id", "integer"), property: "key" }, column("email", "text"), column("later", "text")], {
      indexes: [index("email")],
    }),
    table("planned", [column("id", "integer")]),
  );

  it("says the real indexes and rows, and leaves what the project says of columns and what is not there yet", () => {
    const [joined] = withExport([own], exported([exportedIndex("users_id", "id")]));
    const users = joined?.tables.find(({ name }) => name === "users");
    expect(users?.rows).toBe(50_000);
    expect(users?.indexes.map(({ name }) => name)).toEqual(["users_id"]);
    expect(users?.columns.map(({ name, property }) => [name, property])).toEqual([
      ["id", "key"],
      ["email", undefined],
      ["later", undefined],
    ]);
    expect(joined?.tables.map(({ name }) => name)).toEqual(["users", "planned"]);
  });

  it("is a schema of its own where the project shares no table with it", () => {
    const other = schemaOf(table("orders", [column("id", "integer")]));
    expect(withExport([other], exported())).toHaveLength(2);
  });

  const code = `import express from "express"; import { Pool } from "pg"; const pool = new Pool(); const app = express();
app.get("/users", async (req, res) => res.json(await pool.query("SELECT * FROM users WHERE email = $1", [req.query.q])));
`;
  const scanned = (from: DatabaseExport | undefined, planner?: Planner): Promise<Analysis> =>
    analyzeSources(
      [
        { file: "server.ts", text: code },
        { file: "schema.sql", text: "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);" },
      ],
      { ...(from === undefined ? {} : { exported: from }), ...(planner === undefined ? {} : { planner }) },
    );
  const missing = ({ findings }: Analysis) => findings.filter(({ rule }) => rule === "db/missing-index-filter");

  it("decides what is missing: an index that only the server has is there", async () => {
    expect(missing(await scanned(undefined))).toMatchObject([{ tier: "candidate" }]);
    expect(missing(await scanned(exported()))).toMatchObject([{ tier: "likely" }]);
    expect(missing(await scanned(exported([exportedIndex("by_email", "email")])))).toEqual([]);
  });

  it("gives the planner the real size, which the finding names", async () => {
    const [found] = missing(
      await scanned(exported(), (_, questions) =>
        Promise.resolve(
          questions.map((question) => ({
            planner: "P",
            holds: true,
            sizes: [
              {
                rows: isRewrite(question) ? 0 : (question.table.rows ?? 0),
                before: "Seq Scan",
                after: "Index Scan",
                costBefore: 200,
                costAfter: 8,
              },
            ],
          })),
        ),
      ),
    );
    expect(found?.plan).toMatchObject({ assuming: expect.stringContaining("the exported one") as string, sizes: [{ rows: 50_000 }] });
  });
});

describe("a pool beside the connections that an exported server gives", () => {
  const found = async (max: number, given: number | undefined): Promise<readonly string[]> => {
    const { findings } = await analyzeSources(
      [
        {
          file: "server.ts",
          text: `import express from "express";
import { Pool } from "pg";
const pool = new Pool({ max: ${String(max)} });
const app = express();
app.listen(8080);
app.get("/users", async (req, res) => res.json(await pool.query("SELECT email FROM users WHERE id = $1", [req.query.id])));`,
        },
        { file: "schema.sql", text: "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);" },
      ],
      { exported: { ...exported(), ...(given === undefined ? {} : { connections: given }) } },
    );
    return findings.filter(({ rule }) => rule === "db/pool-misconfig").map(({ message }) => message);
  };

  it("is said when one process may want more than the server gives to all, with both numbers", async () => {
    expect(await found(200, 97)).toEqual([expect.stringMatching(/up to 200 connections.* gives 97 /)]);
    expect(await found(97, 97)).toEqual([]);
    expect(await found(200, undefined)).toEqual([]);
  });
});
