/** What a program sends to its databases, as far as its code says it. */
import type { Failure } from "./finding.ts";
import type { Schema } from "./schema.ts";

export interface StatementPlace {
  readonly file: string;
  readonly line: number;
  readonly symbol?: string;
}

export interface ProjectStatement {
  /** SQL of its dialect; values that are not constants are `$1` …, parts that are not known are `…`. */
  readonly sql: string;
  /** The same as PostgreSQL can plan it; absent where a part that is not known decides about the plan. */
  readonly planned?: string;
  /** Of its shape: joins it with logs, traces and the counters of a server. */
  readonly fingerprint: string;
  /** It stands in the code as text, or a call of a library puts it together. */
  readonly from: "text" | "call";
  /** "prisma", "pg" … */
  readonly library: string;
  /** "findMany", "query" … */
  readonly method: string;
  readonly kind: "read" | "write";
  /** The name of the database, where a project has several and it is known. */
  readonly database?: string;
  readonly table?: string;
  /** What of it is not known: "which columns it reads". */
  readonly unknown: readonly string[];
  readonly places: readonly StatementPlace[];
  /** Names of the entry points that reach it. */
  readonly routes: readonly string[];
}

/** Calls of which no statement can be said, by why. */
export interface UnsaidStatements {
  readonly why: string;
  readonly places: readonly StatementPlace[];
}

export interface ProjectStatements {
  readonly statements: readonly ProjectStatement[];
  readonly unsaid: readonly UnsaidStatements[];
}

export interface SentStatements extends ProjectStatements {
  /** What the project says of its databases. */
  readonly schemas: readonly Schema[];
  readonly failures: readonly Failure[];
}
