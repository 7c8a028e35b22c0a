import { describe, expect, it } from "vitest";
import { candidatesOf, serves } from "../../src/advisor/candidates.ts";
import { parseStatement } from "../../src/advisor/parse.ts";
import { tableUses } from "../../src/advisor/query-shape.ts";
import { indexDdl } from "../../src/model/schema-ddl.ts";
import { column, index, schemaOf, table } from "../databases/oracle/sample-schema.ts";

const schema = schemaOf(
  table("ticket", [
    column("id", "integer"),
    column("account_id", "integer"),
    column("state", "text"),
    column("subject", "text"),
    column("created_at", "timestamptz"),
    column("deleted_at", "timestamptz"),
  ]),
  table("account", [column("id", "integer"), column("email", "text")], { indexes: [index("email")] }),
);

async function candidates(sql: string): Promise<string[]> {
  const uses = tableUses(await parseStatement(sql), sql, schema);
  return candidatesOf(uses).map((one) =>
    indexDdl(one.table, { ...one.index, name: "i" }, "postgresql").replace(/^CREATE INDEX "i" ON /, ""),
  );
}

describe("candidates", () => {
  it("have the direction of the order behind what is equal", async () => {
    expect(await candidates("SELECT * FROM ticket t WHERE t.account_id = $1 ORDER BY t.created_at DESC LIMIT 5")).toContain(
      '"ticket" ("account_id", "created_at" DESC)',
    );
  });

  it("are partial where the program names a value, or asks for NULL", async () => {
    const found = await candidates("SELECT * FROM ticket WHERE state = 'open' AND deleted_at IS NULL ORDER BY created_at LIMIT 5");
    expect(found).toContain(`"ticket" ("created_at") WHERE "state" = 'open'`);
    expect(found).toContain('"ticket" ("created_at") WHERE "deleted_at" IS NULL');
    expect(found).toContain(`"ticket" ("created_at") WHERE "state" = 'open' AND "deleted_at" IS NULL`);
  });

  it("are of expressions, and include what else is read", async () => {
    expect(await candidates("SELECT id FROM ticket WHERE lower(ticket.subject) = $1")).toContain('"ticket" ((lower(subject)))');
    expect(await candidates("SELECT created_at FROM ticket WHERE account_id = $1")).toContain(
      '"ticket" ("account_id") INCLUDE ("created_at")',
    );
  });

  it("are of trigrams for a pattern that begins with anything", async () => {
    expect(await candidates("SELECT id FROM ticket WHERE subject ILIKE '%refund%'")).toContain(
      '"ticket" USING gin ("subject" gin_trgm_ops)',
    );
    expect(await candidates("SELECT id FROM ticket WHERE subject LIKE 'refund%'")).not.toContain(
      '"ticket" USING gin ("subject" gin_trgm_ops)',
    );
  });

  it("serve joins, subqueries, common tables, rows and arms of an OR", async () => {
    expect(await candidates("SELECT * FROM account a JOIN ticket t ON t.account_id = a.id")).toContain('"ticket" ("account_id")');
    expect(
      await candidates("SELECT * FROM account a WHERE EXISTS (SELECT 1 FROM ticket WHERE account_id = a.id AND state = $1)"),
    ).toContain('"ticket" ("account_id", "state")');
    expect(await candidates("WITH x AS (SELECT * FROM ticket WHERE state = $1) SELECT * FROM x")).toContain('"ticket" ("state")');
    expect(await candidates("SELECT * FROM ticket WHERE (created_at, id) < ($1, $2)")).toContain('"ticket" ("created_at")');
    expect(await candidates("SELECT * FROM ticket WHERE state = $1 OR account_id = $2")).toEqual(
      expect.arrayContaining(['"ticket" ("state")', '"ticket" ("account_id")']),
    );
    expect(await candidates("UPDATE ticket SET state = 'x' WHERE account_id = $1")).toContain('"ticket" ("account_id")');
    expect(await candidates("DELETE FROM ticket USING account a WHERE a.id = account_id")).toContain('"ticket" ("account_id")');
  });

  it("leave out what an index serves already, and tables that nobody knows", async () => {
    expect(await candidates("SELECT id, email FROM account WHERE email = $1")).not.toContain('"account" ("email")');
    expect(await candidates("SELECT * FROM elsewhere WHERE a = 1")).toEqual([]);
    expect(serves({ ...index("a", "b"), include: ["c"] }, { ...index("a"), include: ["b", "c"] })).toBe(true);
    expect(serves(index("a", "-b"), index("a", "b"))).toBe(false);
    expect(serves({ ...index("a"), where: "x" }, index("a"))).toBe(false);
  });
});
