/** Every statement that a program sends, each shape once, with the places and the routes that send it. */
import type { Operation, Project } from "../../model/project.ts";
import type { ProjectStatement, ProjectStatements, StatementPlace, UnsaidStatements } from "../../model/project-statement.ts";
import type { Dialect } from "../../model/schema.ts";
import { sqlHole } from "../../model/sql-tokens.ts";
import { fingerprintOf } from "../../model/statement.ts";
import { askedBy, tablesOf, type Asked } from "../../rules/schema/asked.ts";
import { loadedSql, sentSql, type Sent } from "./sent-sql.ts";

interface Saying extends Sent {
  readonly from: ProjectStatement["from"];
  readonly planned: string | undefined;
  readonly database?: string;
  readonly table?: string;
}

export function projectStatements(project: Project): ProjectStatements {
  const statements = new Map<string, { one: ProjectStatement; places: Map<string, StatementPlace>; routes: Set<string> }>();
  const unsaid = new Map<string, Map<string, StatementPlace>>();
  for (const operation of project.operations) {
    if (operation.kind !== "db-read" && operation.kind !== "db-write") continue;
    if (operation.spec.transaction !== undefined) continue;
    const place = placeOf(operation);
    const said = sayingsOf(project, operation);
    if (typeof said === "string") {
      const places = unsaid.get(said) ?? new Map<string, StatementPlace>();
      unsaid.set(said, places.set(`${place.file}:${place.line}`, place));
      continue;
    }
    for (const saying of said) {
      const one = statementOf(operation, saying);
      const key = JSON.stringify([one.database, one.fingerprint, one.unknown]);
      const known = statements.get(key) ?? { one, places: new Map<string, StatementPlace>(), routes: new Set<string>() };
      known.places.set(`${place.file}:${place.line}`, place);
      for (const { name } of project.routesReaching(operation.place.function)) known.routes.add(name);
      statements.set(key, known);
    }
  }
  return {
    statements: [...statements.values()]
      .map(({ one, places, routes }) => ({ ...one, places: sorted(places), routes: [...routes].sort() }))
      .sort((a, b) => compared([a.table ?? "", a.sql, a.fingerprint], [b.table ?? "", b.sql, b.fingerprint])),
    unsaid: [...unsaid]
      .map(([why, places]): UnsaidStatements => ({ why, places: sorted(places) }))
      .sort((a, b) => b.places.length - a.places.length || compared([a.why], [b.why])),
  };
}

/** The ways in which it is sent, or why nothing can be said of it. */
function sayingsOf(project: Project, operation: Operation): readonly Saying[] | string {
  const [only, other] = tablesOf(project, operation);
  const known =
    only === undefined || other !== undefined
      ? {}
      : { table: only.table.name, ...(only.schema.name === "" ? {} : { database: only.schema.name }) };
  if (operation.sql !== undefined) {
    const sql = operation.sql.replaceAll(sqlHole, "…").trim();
    return [
      { ...known, from: "text", sql, isOpen: false, unknown: sql.includes("…") ? ["parts of its text"] : [], planned: operation.sql },
    ];
  }
  if (operation.table === undefined || operation.table === "") return "the table is not known";
  if (only === undefined) return "no schema was found that has the table";
  if (other !== undefined) return "several databases have the table";
  if (only.schema.dialect === "mongodb") return "it asks a collection, which is no SQL";
  const asked = askedBy(project, operation);
  const said = asked.flatMap((one) => sayingOf(one, only.schema.dialect) ?? []).map((one) => ({ ...known, ...one }));
  if (said.length > 0) return said;
  return operation.kind === "db-write" ? "which columns it writes is not known" : "what it asks of its table is not known";
}

function sayingOf(asked: Asked, dialect: Dialect): readonly Omit<Saying, "table" | "database">[] | undefined {
  const shown = sentSql(asked, dialect);
  const planned = dialect === "postgresql" ? shown : sentSql(asked, "postgresql");
  if (shown === undefined) return undefined;
  const more = (sql: string, place: number): Omit<Saying, "table" | "database"> => ({
    from: "call",
    sql,
    isOpen: false,
    unknown: [],
    planned: loadedSql(asked, "postgresql")[place],
  });
  return [
    { ...shown, from: "call", planned: planned === undefined || planned.isOpen ? undefined : planned.sql },
    ...loadedSql(asked, dialect).map(more),
  ];
}

function statementOf(operation: Operation, { isOpen, planned, ...said }: Saying): ProjectStatement {
  return {
    ...said,
    ...(planned === undefined || isOpen ? {} : { planned }),
    fingerprint: fingerprintOf(operation.sql ?? said.sql),
    library: operation.library,
    method: operation.method,
    kind: operation.kind === "db-read" ? "read" : "write",
    places: [],
    routes: [],
  };
}

function placeOf({ place }: Operation): StatementPlace {
  const { symbol } = place.function;
  return { file: place.file, line: place.line, ...(symbol === "" ? {} : { symbol }) };
}

function sorted(places: ReadonlyMap<string, StatementPlace>): readonly StatementPlace[] {
  return [...places.values()].sort((a, b) => compared([a.file], [b.file]) || a.line - b.line);
}

function compared(a: readonly string[], b: readonly string[]): number {
  for (const [place, text] of a.entries()) if (text !== b[place]) return text < (b[place] ?? "") ? -1 : 1;
  return 0;
}
