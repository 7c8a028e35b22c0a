/** What a scan says: findings, where they are, and the Run that holds them. */
import type { PlanProof } from "./index-question.ts";

export type Tier = "candidate" | "likely" | "proven";
export type Severity = "critical" | "high" | "medium" | "low";
export type Effort = "S" | "M" | "L";
export type Category = "db" | "mem" | "io" | "async" | "algo" | "fe" | "cfg";

/** A place in the code. Lines and columns are 1-based; paths are relative to the scanned folder and `/`-separated. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly endLine?: number;
  readonly column?: number;
  /** Enclosing symbols, outermost first, joined by ".": `OrderService.list`. */
  readonly symbol?: string;
}

export interface RelatedSite extends Site {
  /** Why the place matters: "calls", "runs the query", "the loop". */
  readonly role: string;
  readonly note?: string;
}

/** Where the number of an impact comes from. Nothing is ever guessed into a percentage or a millisecond. */
export type Impact =
  | {
      readonly basis: "measured";
      readonly value: number;
      readonly unit: string;
      readonly by: string;
      readonly samples: number;
      /** Milliseconds of a request that it takes, and of how many: only from load. */ readonly takes?: {
        readonly milliseconds: number;
        readonly of: number;
      };
    }
  | { readonly basis: "modelled"; readonly by: string; readonly assuming: string; readonly value: number; readonly unit: string }
  | { readonly basis: "structural"; readonly formula: string; readonly route?: string; readonly degree: number };

export interface Finding {
  /** Fingerprint of rule, path, enclosing symbols, normalised culprit and ordinal; never of the line number. */
  readonly id: string;
  readonly rule: string;
  readonly tier: Tier;
  readonly severity: Severity;
  readonly site: Site;
  readonly message: string;
  /** Places that are part of the problem: the loop, the operation, the first of two reads. */
  readonly related: readonly RelatedSite[];
  /** Calls between the place and the operation. They only lead there: nothing is wrong with them. Absent when there are none. */
  readonly path?: readonly RelatedSite[];
  /** Names of the entry points that reach the place; empty when none was found. */
  readonly routes: readonly string[];
  readonly impact: Impact;
  readonly effort: Effort;
  /** What to do, in one sentence. */
  readonly advice: string;
  /** The finding's own code after the advice, when the rule can write it. */
  readonly better?: string;
  /** What `optimize add` puts into the project against it. */
  readonly recipe?: string;
  /** Why the tier is not higher. */
  readonly reason?: string;
  /** What a planner without data chose, without and with the index that is missing. */
  readonly plan?: PlanProof;
  /** Only some of the elements lead there. */
  readonly sometimes?: true;
  /** Ids of the other findings of the same loop and tier, for which this one stands. */
  readonly standsFor?: readonly string[];
  /** Workspace package that holds the place. */
  readonly package?: string;
}

/** What a rule reports; the engine adds id, severity, routes and package. */
export interface Report {
  readonly rule: string;
  readonly tier: Tier;
  readonly message: string;
  readonly advice: string;
  readonly better?: string;
  readonly effort: Effort;
  readonly reason?: string;
}

export interface Failure {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}

/** Files that were seen and deliberately not read, counted by reason. */
export interface NotLookedAt {
  readonly reason: string;
  readonly files: number;
  readonly examples: readonly string[];
}

export interface EntryReport {
  /** "GET /orders", "job nightly-invoice", "function listOrders". */
  readonly name: string;
  readonly kind: string;
  readonly site: Site;
  /** Printed cost formula: "2 + orders queries". */
  readonly formula: string;
  /** Canonical form for comparison, one polynomial a kind of effect. */
  readonly cost: Readonly<Record<string, readonly (readonly [term: string, coefficient: number])[]>>;
  /** Calls that could not be resolved: the formula is "at least" when there are any. */
  readonly unknown: readonly string[];
  readonly package?: string;
}

export interface ProjectReport {
  readonly name: string;
  readonly files: number;
  readonly functions: number;
  readonly routes: number;
  readonly queries: number;
  readonly tables: number;
  readonly packages: readonly string[];
}

/** One scan, whole; what `--format json` prints. Byte-identical for equal input. */
export interface Run {
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly project: ProjectReport;
  readonly findings: readonly Finding[];
  readonly formulas: readonly EntryReport[];
  readonly evidence: readonly unknown[];
  readonly failures: readonly Failure[];
  readonly notLookedAt: readonly NotLookedAt[];
  readonly unusedAllows: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
  readonly budgets: readonly unknown[];
  /** How many findings each tier holds before filtering. */
  readonly counts: Readonly<Record<Tier, number>>;
}

/** The whole way in the order in which a reader follows it: where it begins, the calls, what happens in the end. */
export function readingOrder({ related, path = [] }: Pick<Finding, "related" | "path">): readonly RelatedSite[] {
  const begins = related.filter(({ role }) => role === "the loop" || role === "entry");
  return [...begins, ...path, ...related.filter((one) => !begins.includes(one))];
}
