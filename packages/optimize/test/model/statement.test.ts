import { describe, expect, test } from "vitest";
import { fingerprintOf, shapeOf } from "../../src/model/statement.ts";
import { joinTemplate, sqlTokens } from "../../src/model/sql-tokens.ts";

describe("shape", () => {
  test.each([
    ["SELECT * FROM users WHERE id = 5", "select * from users where id = ?"],
    ['select * from "users" where "id"=$1;', "select * from users where id = ?"],
    ["SELECT *\n\tFROM `users` -- all\nWHERE /* the /* inner */ one */ id = :id", "select * from users where id = ?"],
    ["SELECT a FROM t WHERE id IN (1, 2,3)", "select a from t where id in (?)"],
    ["SELECT a FROM t WHERE (a, b) IN ((1, 2), (3, 4))", "select a from t where (a, b) in ((?, ?))"],
    ["SELECT a FROM t WHERE id = ANY(ARRAY[1,2,3]) AND b = ANY($2)", "select a from t where id = any (array[?]) and b = any (?)"],
    ["INSERT INTO t (a, b) VALUES (1, 'x''y'), (2, NULL)", "insert into t(a, b) values (?, ?)"],
    ["INSERT INTO t VALUES (1, now()), (2, now())", "insert into t values (?, now())"],
    [
      "UPDATE t SET a = -1, b = a - 1, c = NULL WHERE d IS NOT NULL AND e = true",
      "update t set a = ?, b = a - ?, c = ? where d is not null and e = ?",
    ],
    [
      'SELECT COUNT(*)::int FROM "Users" u WHERE u."createdAt" > \'2020-01-01\'',
      'select count(*)::int from "Users" u where u."createdAt" > ?',
    ],
    ["select data->>'a', d ? 'k' from t where x != 1.5e3", "select data ->> ?, d ? ? from t where x <> ?"],
    ["SELECT $tag$it's$tag$, E'\\'x', 0xff", "select ?, ?, ?"],
    ["select 'open", "select ?"],
    ["", ""],
  ])("%j", (sql, shape) => {
    expect(shapeOf(sql)).toBe(shape);
  });

  test("template parts are values, clauses, or parts of a name", () => {
    expect(shapeOf(joinTemplate(["SELECT * FROM events_", " WHERE id = ", " AND x IN ", ""]))).toBe(
      "select * from ? where id = ? and x in (?)",
    );
  });
});

test("a fingerprint joins the code's statement with a log's and a database's form of it", () => {
  const forms = [
    'SELECT "id" FROM "orders" WHERE "user" IN (1, 2) LIMIT 10',
    "select id from orders where user in ($1, $2, $3) limit $4",
    "SELECT `id` FROM `orders` WHERE `user` IN (?) LIMIT ?",
    "SELECT id FROM orders WHERE user IN (...) LIMIT ?",
  ];
  expect(new Set(forms.map(fingerprintOf)).size).toBe(1);
  expect(fingerprintOf("select 1")).toMatch(/^[0-9a-f]{16}$/u);
  expect(fingerprintOf("select a from t")).not.toBe(fingerprintOf("select b from t"));
});

test("tokens: placeholders of every driver, casts and operators kept apart", () => {
  const kinds = (sql: string): string =>
    sqlTokens(sql)
      .map((token) => `${token.kind}:${token.text}`)
      .join(" ");
  expect(kinds("? ?? ?1 $1 :name @p1 $name %s %(x)s ${x} $1:csv {id: Array(String)}")).toBe(
    "placeholder:? placeholder:?? placeholder:?1 placeholder:$1 placeholder::name placeholder:@p1 placeholder:$name placeholder:%s placeholder:%(x)s placeholder:${x} placeholder:$1:csv placeholder:{id: Array(String)}",
  );
  expect(kinds("a::int @> b @@ c ?| d := e")).toBe(
    "word:a symbol::: word:int symbol:@> word:b symbol:@@ word:c symbol:?| word:d symbol::= word:e",
  );
  expect(kinds("[dbo].[My Table] a[1]")).toBe("name:dbo symbol:. name:My Table word:a symbol:[ number:1 symbol:]");
  expect(kinds("a # b\nc #>> d")).toBe("word:a word:c symbol:#>> word:d");
});

test("long and unclosed texts end", () => {
  for (const sql of ["/*".repeat(20_000), "'".repeat(20_001), "(".repeat(20_000), "select " + "?,".repeat(20_000), "$a$".repeat(5_001)])
    expect(typeof shapeOf(sql)).toBe("string");
});
