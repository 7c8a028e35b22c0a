import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";

const { scrub } = createRequire(import.meta.url)("../../agents/node/scrub.cjs") as {
  scrub: (sql: string, quoting: "plain" | "backslash" | "sqlite") => { text: string; values: string[] };
};

describe("double quotes under SQLite", () => {
  test("text that is compared, listed or put in is a value", () => {
    expect(scrub('select id from t where name = "bob"', "sqlite")).toEqual({ text: "select id from t where name = ?", values: ["bob"] });
    expect(scrub('select id from t where name in ("a", "b")', "sqlite").values).toEqual(["a", "b"]);
    expect(scrub('insert into "t" ("name", "n") values ("bob", 1), ("eve", 2)', "sqlite").values).toEqual(["bob", "1", "eve", "2"]);
    expect(scrub('select "two words" from t', "sqlite").values).toEqual(["two words"]);
  });

  test("names of tables and columns stay", () => {
    const sql = 'select "a" as "b" from "t" join "c" on "t"."id" = "c"."id" order by "b"';
    expect(scrub(sql, "sqlite")).toEqual({ text: sql, values: [] });
  });

  test("elsewhere they hold names", () => {
    expect(scrub('select 1 from "t" where "a" = "b"', "plain")).toEqual({ text: 'select ? from "t" where "a" = "b"', values: ["1"] });
    expect(scrub('select a from t where a = "b"', "backslash").values).toEqual(["b"]);
  });
});
