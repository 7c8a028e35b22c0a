import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWorkload, splitStatements } from "../../../src/databases/logs/read.ts";
import { temporaryFolder } from "../../temporary.ts";

async function workload(text: string): Promise<[sql: string, calls: number, ms: number | undefined][]> {
  const path = join(temporaryFolder(), "workload");
  writeFileSync(path, text);
  return (await readWorkload(path)).map(({ sql, calls, milliseconds }) => [sql, calls, milliseconds]);
}

describe("a workload", () => {
  it("is a script, without what is no query", async () => {
    expect(await workload("-- first\nSELECT 'a;b' FROM t;\n/* c */ CREATE TABLE x (id int);\nUPDATE t SET a = 1 WHERE id = 2")).toEqual([
      ["SELECT 'a;b' FROM t", 1, undefined],
      ["UPDATE t SET a = 1 WHERE id = 2", 1, undefined],
    ]);
  });

  it("is a log of PostgreSQL, shapes counted once, over several lines", async () => {
    const log = [
      "2026-01-01 10:00:00.000 UTC [12] LOG:  duration: 1.500 ms  statement: SELECT * FROM t",
      "\tWHERE id = 1",
      "2026-01-01 10:00:01.000 UTC [12] LOG:  duration: 2.500 ms  execute <unnamed>: SELECT * FROM t WHERE id = 2",
      "2026-01-01 10:00:01.000 UTC [12] DETAIL:  parameters: $1 = 'secret'",
      "2026-01-01 10:00:02.000 UTC [12] LOG:  checkpoint starting: time",
      "2026-01-01 10:00:02.000 UTC [12] LOG:  duration: 9.000 ms  statement: VACUUM t",
    ].join("\n");
    expect(await workload(log)).toEqual([["SELECT * FROM t\n\tWHERE id = 1", 2, 4]]);
  });

  it("is a csvlog or a jsonlog", async () => {
    const csv =
      '2026-01-01 10:00:00.000 UTC,"me","db",1,"[local]",1.1,1,"SELECT",2026-01-01 10:00:00 UTC,1/1,0,LOG,00000,"duration: 3.000 ms  statement: SELECT ""a"" FROM t",,,,,,,,,"psql"\n';
    expect(await workload(csv)).toEqual([['SELECT "a" FROM t', 1, 3]]);
    const json = `{"timestamp":"2026-01-01","error_severity":"LOG","message":"duration: 4.000 ms  statement: SELECT 1 FROM t"}\n`;
    expect(await workload(json)).toEqual([["SELECT 1 FROM t", 1, 4]]);
  });

  it("is nothing in a file of nothing", async () => {
    expect(await workload("")).toEqual([]);
    expect(await workload("\u0000\u0001 binary \n\n ;;; ")).toEqual([]);
    expect(splitStatements(";;")).toEqual([]);
  });
});
