import { describe, expect, it } from "vitest";
import { columnsOf, indexesOf, schemaOf, schemasOf, tableOf } from "./schemas-of.ts";

describe("SQL", () => {
  it("reads tables, keys and indexes as PostgreSQL's migrations write them", async () => {
    const schema = await schemaOf({
      "db/migrations/001_init.sql": `
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TYPE mood AS ENUM ('ok', 'bad');
        CREATE TABLE IF NOT EXISTS public.authors (
          id bigserial PRIMARY KEY,
          email varchar(120) NOT NULL UNIQUE,
          "fullName" text DEFAULT 'x, (y)' NOT NULL,
          mood mood,
          boss bigint REFERENCES authors (id) ON DELETE SET NULL,
          created timestamp with time zone DEFAULT now(),
          CONSTRAINT named UNIQUE (mood, created),
          CHECK (length(email) > 3)
        );
        CREATE INDEX CONCURRENTLY a_idx ON authors USING gin ("fullName" gin_trgm_ops);
        CREATE UNIQUE INDEX ON authors (lower(email), created DESC NULLS LAST) INCLUDE (mood) WHERE mood = 'ok';`,
      "db/migrations/002_more.sql":
        "ALTER TABLE authors ADD COLUMN age int, DROP COLUMN boss; CREATE INDEX byage ON authors (age); DROP INDEX a_idx;",
      "db/migrations/010_last.sql": "ALTER INDEX byage RENAME TO by_age; ALTER TABLE authors RENAME COLUMN age TO years;",
    });
    const table = tableOf(schema, "authors");
    expect(schema.dialect).toBe("postgresql");
    expect(schema.extensions).toEqual(["pg_trgm"]);
    expect(columnsOf(table)).toEqual([
      "id bigserial not null",
      "email varchar(120) not null",
      "fullName text not null",
      "mood mood",
      "created timestamp with time zone",
      "years int",
    ]);
    expect(table.columns.find(({ name }) => name === "mood")?.values).toEqual(["ok", "bad"]);
    expect(indexesOf(table)).toEqual([
      "index (years)",
      "key (id)",
      "unique ((lower(email)), created desc) include (mood) where mood = 'ok'",
      "unique (email)",
      "unique (mood, created)",
    ]);
    expect(table.foreignKeys).toEqual([]);
    expect(table.site).toEqual({ file: "db/migrations/001_init.sql", line: 4 });
  });

  it("knows that InnoDB indexes foreign keys by itself, and reads MySQL's keys", async () => {
    const schema = await schemaOf({
      "schema.sql":
        "CREATE TABLE `a` (`id` int unsigned NOT NULL AUTO_INCREMENT, `b_id` int, `kind` enum('x','y'), `t` text, PRIMARY KEY (`id`), KEY `k` (`kind`,`t`(20)), FULLTEXT KEY `f` (`t`), CONSTRAINT `c` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`) ON DELETE CASCADE) ENGINE=InnoDB;\nCREATE TABLE `b` (`id` int PRIMARY KEY);",
    });
    const table = tableOf(schema, "a");
    expect(schema.dialect).toBe("mysql");
    expect(indexesOf(table)).toEqual(["fk (b_id)", "index (kind, t)", "index fulltext (t)", "key (id)"]);
    expect(table.foreignKeys[0]).toMatchObject({ columns: ["b_id"], table: "b", references: ["id"], onDelete: "cascade" });
    expect(table.columns[2]?.values).toEqual(["x", "y"]);
  });

  it("leaves out the way back, whoever marks it", async () => {
    const schema = await schemaOf({
      "migrations/1_a.sql": "-- migrate:up\nCREATE TABLE t (a int);\n-- migrate:down\nDROP TABLE t;",
      "migrations/2_b.up.sql": "CREATE INDEX i ON t (a);",
      "migrations/2_b.down.sql": "DROP INDEX i;",
    });
    expect(indexesOf(tableOf(schema, "t"))).toEqual(["index (a)"]);
  });

  it("reads a dump without its rows", async () => {
    const schema = await schemaOf({
      "dump.sql":
        "--\n-- PostgreSQL database dump\n--\n\\restrict abc\nCREATE TABLE public.t (\n    id integer NOT NULL,\n    n text\n);\nCOPY public.t (id, n) FROM stdin;\n1\tCREATE TABLE evil (a int);\n\\.\nALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);\nCREATE INDEX t_n ON public.t USING btree (n);\n",
    });
    expect(schema.tables.map(({ name }) => name)).toEqual(["t"]);
    expect(indexesOf(tableOf(schema, "t"))).toEqual(["index (n)", "key (id)"]);
    expect(schema.sources[0]?.kind).toBe("dump");
  });

  it("goes on after what is no SQL, and says of a table that nobody made that it is known in part", async () => {
    const schema = await schemaOf({
      "migrations/1.sql": "CREATE TABLE (;\nCREATE TABLE a (id int primary key, b int);\nSELECT 'unclosed;",
      "migrations/2.sql": "CREATE INDEX x ON unseen (c);\nALTER TABLE a ADD UNIQUE (b);",
    });
    expect(indexesOf(tableOf(schema, "a"))).toEqual(["key (id)", "unique (b)"]);
    expect(schema.unknown).toEqual([{ file: "migrations/1.sql", line: 1, why: "a statement with brackets that do not match" }]);
    expect(tableOf(schema, "unseen").partial).toContain("CREATE TABLE");
  });

  it("takes a column that is called like a word of the grammar for a column", async () => {
    const schema = await schemaOf({ "a.sql": 'CREATE TABLE t (key text NOT NULL, index int, "unique" int, comment text);' });
    expect(columnsOf(tableOf(schema, "t"))).toEqual(["key text not null", "index int", "unique int", "comment text"]);
  });

  it("keeps databases apart that share no tables, and says nothing of a column store", async () => {
    const schemas = await schemasOf({
      "one/schema.sql": "CREATE TABLE a (id bigserial primary key);",
      "two/schema.sql": "CREATE TABLE b (id integer primary key autoincrement);",
      "three/1.sql": "CREATE TABLE c (id UInt64) ENGINE = MergeTree ORDER BY id;",
    });
    expect(schemas.map(({ dialect, tables, unknown }) => [dialect, tables.length, unknown.length])).toEqual([
      ["postgresql", 1, 0],
      ["sqlite", 1, 0],
      ["unknown", 0, 1],
    ]);
  });
});
