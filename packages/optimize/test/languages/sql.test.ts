import { describe, expect, test } from "vitest";
import { joinTemplate, loadSqlReader, looksLikeSql } from "../../src/languages/sql.ts";
import type { SqlDialect, SqlFacts } from "../../src/languages/sql.ts";

const read = await loadSqlReader();
const brief = (sql: string, dialect?: SqlDialect): Partial<SqlFacts> => {
  const { action, verb, tables, limited, single, parsed } = read(sql, dialect) as SqlFacts;
  return { action, verb, tables, limited, single, parsed };
};
const select = (tables: readonly string[], more: Partial<SqlFacts> = {}): Partial<SqlFacts> => ({
  action: "read",
  verb: "SELECT",
  tables,
  limited: false,
  single: false,
  parsed: true,
  ...more,
});
const dialects: readonly (SqlDialect | undefined)[] = ["postgresql", "mysql", "sqlite", undefined];

describe.each(dialects)("in %s", (dialect) => {
  test("reads: tables, bounds, aggregates", () => {
    expect(brief("select u.id from users u join posts p on p.uid = u.id where u.id = ?", dialect)).toEqual(select(["users", "posts"]));
    expect(brief("select * from users limit 10 offset 5", dialect)).toEqual(select(["users"], { limited: true }));
    expect(brief("SELECT COUNT(*) FROM users WHERE a = 'x; drop table y'", dialect)).toEqual(
      select(["users"], { limited: true, single: true }),
    );
    expect(brief("select coalesce(max(a), 0) + 1 from t", dialect)).toEqual(select(["t"], { limited: true, single: true }));
    expect(brief("select a, count(*) from t group by a", dialect)).toEqual(select(["t"]));
    expect(brief("select (select count(*) from b) from a", dialect)).toMatchObject({ limited: false, single: false });
    expect(brief("select count(*) over () from t", dialect)).toEqual(select(["t"]));
    expect(brief("select exists (select 1 from t where a = ?)", dialect)).toEqual(select(["t"], { limited: true }));
    expect(brief("select a from (select b from inner_t) s where c in (select d from other)", dialect)).toMatchObject({ limited: false });
    expect(new Set(read("select a from (select b from inner_t) s where c in (select d from other)", dialect)?.tables)).toEqual(
      new Set(["inner_t", "other"]),
    );
    expect(brief("with recent as (select * from orders) select * from recent join users on true", dialect)?.tables).toEqual(
      expect.arrayContaining(["orders", "users"]),
    );
    expect(read("with recent as (select * from orders) select * from recent", dialect)?.tables).toEqual(["orders"]);
    expect(brief("select 1", dialect)).toEqual(select([], { limited: true }));
    expect(new Set(read("select a from t1 union all select a from t2", dialect)?.tables)).toEqual(new Set(["t1", "t2"]));
  });

  test("writes: the written table first", () => {
    expect(brief("insert into t (a) select a from s", dialect)).toMatchObject({
      action: "write",
      verb: "INSERT",
      tables: ["t", "s"],
      parsed: true,
    });
    expect(brief("UPDATE t SET a = ? WHERE id IN (SELECT id FROM s)", dialect)).toMatchObject({
      action: "write",
      verb: "UPDATE",
      tables: ["t", "s"],
      parsed: true,
    });
    expect(brief("delete from t where id = ?", dialect)).toMatchObject({ action: "write", verb: "DELETE", tables: ["t"], parsed: true });
  });

  test("definitions and transactions", () => {
    expect(brief("create table t (id int primary key)", dialect)).toMatchObject({ action: "ddl", tables: ["t"] });
    expect(brief("drop table if exists t", dialect)).toMatchObject({ action: "ddl", tables: ["t"] });
    for (const sql of ["BEGIN", "commit;", "ROLLBACK", "START TRANSACTION", "savepoint a"])
      expect(brief(sql, dialect)).toMatchObject({ action: "transaction", tables: [] });
  });

  test("filter columns of the outermost WHERE", () => {
    expect(
      read("select * from t join u on t.x = u.y where t.a = ? and (b > ? or c is null) and d in (select e from f where g = 1)", dialect)
        ?.columns,
    ).toEqual(["a", "b", "c", "d"]);
  });
});

test("what only one dialect has", () => {
  expect(brief("with gone as (delete from old returning *) select * from gone", "postgresql")).toMatchObject({
    action: "write",
    tables: ["old"],
  });
  expect(brief("insert into t (a) values ($1) on conflict (a) do update set a = excluded.a returning *", "postgresql")).toMatchObject({
    action: "write",
    tables: ["t"],
  });
  expect(brief("select json_agg(t) from t", "postgresql")).toMatchObject({ single: true, limited: false });
  expect(brief("select data ? 'k' from docs where tags ?| $1 and b @> ?", "postgresql")).toMatchObject({ tables: ["docs"], parsed: true });
  expect(brief("select id from t for update skip locked", "postgresql")).toMatchObject({ action: "read", tables: ["t"] });
  expect(brief("select * from public.users, audit.log", "postgresql").tables).toEqual(["users", "audit.log"]);
  expect(brief("select * from t limit all", "postgresql").limited).toBe(false);
  expect(brief("insert into `t` (a) values (?) on duplicate key update a = 1", "mysql")).toMatchObject({
    action: "write",
    tables: ["t"],
    parsed: true,
  });
  expect(brief("replace into t values (?, ?)", "mysql")).toMatchObject({ action: "write", verb: "REPLACE", tables: ["t"] });
  expect(brief("insert or ignore into t values (?1, ?2)", "sqlite")).toMatchObject({ action: "write", tables: ["t"], parsed: true });
  expect(brief("select top 10 * from [dbo].[Orders] where [Id] = @id")).toMatchObject({ tables: ["Orders"], limited: true, parsed: true });
});

test("placeholders of every driver", () => {
  for (const mark of ["?", "$1", ":id", "@id", "%s", "%(id)s", "$id", "${id}", "?1", "$1:csv"]) {
    for (const dialect of dialects)
      expect(read(`select a from t where b = ${mark} and c in (${mark}, ${mark}) limit ${mark}`, dialect)).toMatchObject({
        tables: ["t"],
        columns: ["b", "c"],
        limited: true,
        parsed: true,
      });
  }
  for (const name of ["??", "$1:name", ":table"])
    expect(read(`select a from ${name} where b = 1`)).toMatchObject({ tables: [], complete: false, columns: ["b"], parsed: true });
});

describe("templates with unknown parts", () => {
  test.each<[readonly string[], Partial<SqlFacts>]>([
    [["select * from users where id = ", ""], { tables: ["users"], complete: true, columns: ["id"] }],
    [["select * from ", " where id = ", ""], { tables: [], complete: false, columns: ["id"] }],
    [["select * from logs_", " where a = 1"], { tables: [], complete: false }],
    [['select * from "', '"."users"'], { tables: ["users"], complete: true }],
    [["select * from ", ".users"], { tables: ["users"], complete: true }],
    [["select ", " from users"], { tables: ["users"] }],
    [["select * from users ", " order by a ", " limit ", ""], { tables: ["users"], complete: false, limited: true }],
    [["select * from users where name like '%", "%'"], { tables: ["users"], complete: true, columns: ["name"] }],
    [["insert into users (a) values ", ""], { action: "write", tables: ["users"] }],
    [["insert into users (", ") values (", ")"], { action: "write", tables: ["users"] }],
    [["update users set ", " where id in ", ""], { action: "write", tables: ["users"], columns: ["id"] }],
    [["select a from t where ", ""], { tables: ["t"], columns: [] }],
    [["select a from t where b::int ", " $1"], { tables: ["t"], columns: ["b"], complete: false }],
  ])("%j", (strings, wanted) => {
    expect(read(joinTemplate(strings))).toMatchObject({ ...wanted, parsed: true });
  });
});

test("when no parser takes it the tokens answer and say so", () => {
  expect(brief("SELECT * FROM users u oddity!! WHERE ((( 'FROM x' -- FROM y")).toEqual({
    action: "read",
    verb: "SELECT",
    tables: ["users"],
    limited: false,
    single: false,
    parsed: false,
  });
  expect(brief("update users set = broken broken limit")).toMatchObject({
    action: "write",
    verb: "UPDATE",
    tables: ["users"],
    parsed: false,
  });
  expect(brief("select extract(year from created) ) from t limit 5")).toMatchObject({ tables: ["t"], limited: true, parsed: false });
  expect(read("no sql at all")).toBeUndefined();
  expect(read("")).toBeUndefined();
});

test("hostile statements end in an answer, and the parsers go on working", () => {
  const deep = 20_000;
  for (const sql of [
    `select ${"(".repeat(deep)}1${")".repeat(deep)}`,
    `select 1${"+1".repeat(40_000)}`,
    `select * from t where ${"a = 1 or ".repeat(9_000)}b = 2`,
    `select ${"not ".repeat(deep)}1`,
    `select ${"case when 1 then ".repeat(3_000)}1`,
    `select * from t where x in (${"?,".repeat(deep)}?)`,
  ]) {
    expect(read(sql)?.action).toBe("read");
  }
  for (const dialect of dialects) expect(brief("select a from still_alive where b = 1", dialect)).toEqual(select(["still_alive"]));
});

describe("SQL or English", () => {
  test.each([
    "SELECT * FROM users",
    "select id from users",
    "select id, name from users where id = 1",
    "Select id from users where id = ?",
    "SELECT name FROM users",
    "select 1",
    "SELECT NOW()",
    "select distinct on (a) a from t",
    "SELECT COUNT(*) FROM t",
    "  \n SELECT a\n FROM b",
    "/* hint */ select a from b where c = 1",
    "(select 1 from a) union (select 2 from b)",
    "with a as (select 1) select * from a",
    "WITH RECURSIVE t(n) AS (VALUES (1)) SELECT n FROM t",
    "insert into t (a) values (1)",
    "INSERT INTO t SELECT * FROM s",
    "UPDATE users SET a = 1",
    "update users set name = $1 where id = $2",
    "DELETE FROM sessions",
    "delete from sessions where id = ?",
    "CREATE TABLE t (id int)",
    "create index on t (a)",
    "ALTER TABLE t ADD COLUMN a int",
    "DROP TABLE IF EXISTS t",
    "TRUNCATE TABLE t",
    "explain select * from t",
    "START TRANSACTION",
    "CREATE EXTENSION IF NOT EXISTS vector",
  ])("SQL: %j", (text) => {
    expect(looksLikeSql(text)).toBe(true);
  });

  test("SQL with unknown parts", () => {
    for (const strings of [
      ["SELECT * FROM ", ""],
      ["update ", " set a = 1"],
      ["UPDATE users SET ", ""],
      ["insert into ", " (a) values (1)"],
      ["DELETE FROM ", " WHERE id = 1"],
    ])
      expect(looksLikeSql(joinTemplate(strings))).toBe(true);
  });

  test.each([
    "Select a file",
    "Select a file from the list",
    "select an item from list",
    "Select all items from your cart",
    "SELECT A PLAN FROM THE LIST",
    "Select from list",
    "Select (optional)",
    "select",
    "SELECT ALL",
    "Update your profile",
    "update your profile",
    "UPDATE AVAILABLE",
    "UPDATE: set x = 3",
    "Update the set of users = all",
    "Update user settings",
    "Delete from cart",
    "delete from the list",
    "Delete this item where possible",
    "delete from where you left",
    "Insert into cart",
    "INSERT COIN",
    "Insert a card into the slot",
    "Create a table",
    "Create table",
    "Create index page",
    "create index page",
    "Drop files here",
    "Drop table reservation",
    "Alter table settings",
    "With great power",
    "with you as (far) as I can see",
    "Truncate text",
    "Merge into main",
    "Replace into place",
    "Start transaction history view for the customer now, please, and wait a bit",
    "Begin transaction now",
    "Explain this selection from above",
    "from users select",
    "",
    "selectFrom",
    "select-all from x",
  ])("English: %j", (text) => {
    expect(looksLikeSql(text)).toBe(false);
  });
});
