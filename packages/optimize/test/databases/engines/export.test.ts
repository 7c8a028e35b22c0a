import { describe, expect, it } from "vitest";
import { arrayItems, arrayText } from "../../../src/databases/engines/array-text.ts";
import { withinBudget } from "../../../src/databases/engines/export-size.ts";
import { namedValues } from "../../../src/databases/engines/export-named.ts";
import { withoutValues } from "../../../src/databases/engines/export-values.ts";
import { exportDatabase } from "../../../src/databases/export.ts";
import { shownUrl } from "../../../src/databases/engines/postgres-connection.ts";
import { withoutTexts } from "../../../src/databases/engines/postgres-statements.ts";
import { databaseExport, schemaOfExport, type DatabaseExport } from "../../../src/model/database-export.ts";

type Column = DatabaseExport["tables"][number]["statistics"][number];
const statistics = (name: string, more: Partial<Column> = {}): Column => ({ name, nullFraction: 0, width: 8, distinct: -1, ...more });

const sample: DatabaseExport = databaseExport.parse({
  format: "optimize-database-export",
  version: 1,
  dialect: "postgresql",
  server: "18.4",
  values: true,
  settings: { random_page_cost: "1.1" },
  extensions: [],
  notes: [],
  tables: [
    {
      schema: "public",
      name: "people",
      rows: 50_000,
      pages: 900,
      allVisible: 900,
      primaryKey: ["id"],
      foreignKeys: [],
      indexes: [
        {
          name: "people_pkey",
          method: "btree",
          unique: true,
          origin: "primary key",
          valid: true,
          columns: [{ name: "id", order: "asc" }],
          include: [],
          pages: 140,
          rows: 50_000,
          statistics: [statistics("lower", { commonValues: "{secret@example.org}", commonFrequencies: [0.5] })],
        },
      ],
      columns: [
        { name: "id", type: "integer", nullable: false },
        { name: "email", type: "text", nullable: false },
        { name: "born", type: "date", nullable: false },
        { name: "salary", type: "numeric(10,2)", nullable: false },
        { name: "role", type: "role", nullable: false, values: ["admin", "user"] },
        { name: "active", type: "boolean", nullable: false },
      ],
      statistics: [
        statistics("email", {
          commonValues: '{secret@example.org,"O\'Brien, Pat"}',
          commonFrequencies: [0.1, 0.05],
          histogram: "{aaa,zzz}",
        }),
        statistics("born", { histogram: "{1931-04-17,1960-09-02,1979-11-23,2001-03-31}" }),
        statistics("salary", { commonValues: "{77123.45}", commonFrequencies: [0.4], histogram: "{1234.56,50321.99,98765.43}" }),
        statistics("role", { commonValues: "{admin,user}", commonFrequencies: [0.1, 0.9] }),
        statistics("active", { commonValues: "{t,f}", commonFrequencies: [0.9, 0.1] }),
      ],
    },
  ],
});

describe("an export without values", () => {
  const text = JSON.stringify(withoutValues(sample));

  it("holds none of the data's", () => {
    for (const value of ["secret", "Brien", "aaa", "zzz", "1931-04-17", "1979-11-23", "2001-03-31", "77123", "1234.56", "98765", "50321"])
      expect(text).not.toContain(value);
  });

  it("keeps what the schema names, shares, and a coarse scale of numbers and times", () => {
    const [table] = withoutValues(sample).tables;
    const column = (name: string): Column | undefined => table?.statistics.find((one) => one.name === name);
    expect(column("role")?.commonValues).toBe("{admin,user}");
    expect(column("active")?.commonFrequencies).toEqual([0.9, 0.1]);
    const salaries = arrayItems(column("salary")?.histogram ?? "{}").map(Number);
    expect(salaries).toHaveLength(41);
    expect(salaries.every((value) => value % 500 === 0)).toBe(true);
    expect(salaries).toEqual(salaries.toSorted((a, b) => a - b));
    expect(arrayItems(column("born")?.histogram ?? "{}")[0]).toMatch(/^19[23]\d-\d\d-\d\d$/);
    expect(column("email")).toEqual(statistics("email"));
  });

  it("tells nothing of a number that has few values, each of them in many rows", () => {
    const [people] = sample.tables;
    const grades = statistics("salary", {
      distinct: 15,
      commonValues: "{77001,77002,77003}",
      commonFrequencies: [0.3, 0.3, 0.3],
      histogram: "{77004,77015}",
    });
    const few = withoutValues({ ...sample, tables: [{ ...people!, statistics: [grades] }] });
    expect(JSON.stringify(few)).not.toContain("770");
    const many = withoutValues({
      ...sample,
      tables: [{ ...people!, statistics: [{ ...grades, distinct: 100, histogram: "{77000,77033,77066,77099}" }] }],
    });
    expect(arrayItems(many.tables[0]?.statistics[0]?.histogram ?? "{}").every((value) => Number(value) % 10 === 0)).toBe(true);
  });

  it("tells nothing of small tables, where a point would be a row's", () => {
    const few = { ...sample, tables: sample.tables.map((table) => ({ ...table, rows: 1900 })) };
    expect(withoutValues(few).tables[0]?.statistics.find(({ name }) => name === "salary")?.histogram).toBeUndefined();
  });
});

describe("an export", () => {
  it("is made to fit, and says what was left out", () => {
    const many = { ...sample, tables: Array.from({ length: 200 }, (_, index) => ({ ...sample.tables[0]!, name: `people_${index}` })) };
    expect(JSON.stringify(many).length).toBeGreaterThan(250_000);
    const small = withinBudget(many, 250_000);
    expect(Buffer.byteLength(JSON.stringify(small))).toBeLessThanOrEqual(250_000);
    expect(small.notes.join()).toContain("common values");
    expect(databaseExport.safeParse(small).success).toBe(true);
  });

  it("is a schema", () => {
    const [people] = schemaOfExport(sample).tables;
    expect(people?.primaryKey).toEqual(["id"]);
    expect(people?.columns.find(({ name }) => name === "role")?.values).toEqual(["admin", "user"]);
  });

  it.each([
    ["postgresql://me:s3cret@127.0.0.1:1/db", "postgresql://127.0.0.1:1/db: nothing listens there"],
    ["mysql://me:s3cret@127.0.0.1/db", "servers of mysql are not exported yet"],
    ["shop.json", "that is no address of a database"],
    ["postgresql://me:s3cret@no-such-host.invalid/db", "postgresql://no-such-host.invalid/db: "],
  ])("of %j fails with one line and no password", async (url, message) => {
    const error = await exportDatabase(url, { values: false, timeout: 5000 }).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    expect(error?.message).toContain(message);
    expect(`${error?.message} ${String((error as { hint?: string }).hint)}`).not.toContain("s3cret");
  });
});

describe("text", () => {
  it("of arrays is read and written", () => {
    const items = ["a", "b c", 'say "no"', String.raw`back\slash`, "1,5", "é"];
    expect(arrayItems(arrayText(items))).toEqual(items);
    expect(arrayItems("{1,NULL,2}")).toEqual(["1", "2"]);
  });

  it("of a statement leaves without its strings", () => {
    expect(withoutTexts("SELECT * FROM a WHERE b = 'Pat''s' AND c = $1")).toBe("SELECT * FROM a WHERE b = ? AND c = $1");
  });

  it("of an address leaves without its password", () => {
    expect(shownUrl("postgresql://me:s3cret@db:5433/shop?sslmode=require")).toBe("postgresql://db:5433/shop");
    expect(shownUrl("postgresql://me:s3 cret@")).not.toContain("s3");
  });
});

describe("values that the program's own statements name", () => {
  const named = namedValues(["SELECT * FROM people WHERE email LIKE '%@example.org' AND role = 'admin' AND email = 'secret@example.org'"]);

  it("are kept with their share, and patterns by made-up values", () => {
    const [table] = withoutValues(sample, named).tables;
    const email = table?.statistics.find(({ name }) => name === "email");
    expect(email?.commonValues).toBe('{"secret@example.org"}');
    expect(email?.commonFrequencies).toEqual([0.1]);
    const made = arrayItems(email?.histogram ?? "{}");
    expect(new Set(made)).toEqual(new Set(["-", "@example.org"]));
    expect(made.filter((value) => value === "@example.org").length / made.length).toBeCloseTo(0.1, 1);
    expect(JSON.stringify(table)).not.toContain("Brien");
  });
});
