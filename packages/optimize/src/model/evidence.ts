/** What was seen of a running program. Every number says by its kind where it comes from; counts carry over to production, milliseconds only from load. */
import type { Tier } from "./finding.ts";
import type { LoadEvidence, PoolEvidence, TraceEvidence } from "./load-evidence.ts";

/** Of the set's own form; members are only added within a major. */
export const evidenceVersion = "1.0";

/** A test run proves counts and growth and nothing in milliseconds; a load run proves both; anything else is a run of unknown load. */
export type Circumstance = "test" | "load" | "run";

export interface Environment {
  readonly circumstance: Circumstance;
  /** Test runners that were recognised among the processes. */
  readonly runners: readonly string[];
  readonly command: readonly string[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly exitCode: number;
  readonly platform: string;
  readonly nodes: readonly string[];
  readonly cpus: number;
  /** Processes and threads that were observed, without those that only start others. */
  readonly threads: number;
  readonly commit?: string;
}

/** A place in the code as people edit it. Paths are relative to the root when they are below it, and `/`-separated. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly function?: string;
}

/** A row of numbers, in milliseconds or as counted. */
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly total: number;
}

/** All requests of one route. */
export interface RequestEvidence {
  readonly kind: "request";
  /** "GET /orders/:id" */
  readonly route: string;
  readonly count: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly time: Spread;
  readonly statements: Spread;
  /** Statements of those that were answered with less than 400; absent when none was. */
  readonly served?: Spread;
  readonly calls: Spread;
  /** Bytes of an answer on the wire, after compression and with its head; absent when they are not known. */
  readonly sent?: Spread;
  /** Part of the time in which at least one statement or call was under way; overlapping ones count once. */
  readonly waiting: number;
}

/** One statement (or outgoing call) from one place. */
export interface StatementEvidence {
  readonly kind: "statement";
  /** "pg", "better-sqlite3", "http" ... */
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly place?: CodePlace;
  /** Frames of the program that led there, innermost first, without the place itself. */
  readonly callers: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly count: number;
  readonly requests: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly time: Spread;
  /** Rows a statement; absent when the driver does not tell. */
  readonly rows?: Spread;
}

/** What a repeated statement was run for. */
export interface RepetitionOrigin {
  readonly shape: string;
  readonly place?: CodePlace;
  readonly column: string;
}

/** One statement run again and again from one place within one request (or within the program, when its rows are known). */
export interface RepetitionEvidence {
  readonly kind: "n+1";
  readonly tier: Tier;
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly place?: CodePlace;
  readonly callers: readonly CodePlace[];
  readonly routes: readonly string[];
  /** Scopes (requests, or runs of the loop outside of one) in which it happened. */
  readonly scopes: number;
  /** Executions in one scope. */
  readonly perScope: Spread;
  /** Pairs of (rows of the earlier result, executions), distinct, sorted: "5 rows, 5 times; 50 rows, 50 times". */
  readonly growth: readonly (readonly [rows: number, executions: number])[];
  readonly origin?: RepetitionOrigin;
  /** How it is known, or why it is not proven. */
  readonly reason: string;
  /** Part of the request's time (median over requests); absent outside of requests. */
  readonly share?: number;
}

/** The same statement with the same parameters twice in a request, and no write of the request in between. */
export interface DuplicateEvidence {
  readonly kind: "duplicate";
  readonly tier: Tier;
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly places: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly requests: number;
  readonly perRequest: Spread;
}

/** Calls of one function one after the other, though each could have begun with the first. */
export interface SequentialEvidence {
  readonly kind: "sequential";
  /** Nothing that is sent shows a dependency; whether the program needs the order for other reasons cannot be seen. */
  readonly tier: "likely";
  readonly shapes: readonly string[];
  /** In their order. */
  readonly places: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly requests: number;
  /** Milliseconds of the calls together, and of what they would take side by side at best. */
  readonly together: Spread;
  readonly longest: Spread;
}

/** A statement that takes long by itself: not while it waits for others, nor while the program computes. */
export interface SlowEvidence {
  readonly kind: "slow";
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly place?: CodePlace;
  readonly callers: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly count: number;
  /** Milliseconds of those executions. */
  readonly time: Spread;
}

/** A function of the program in the CPU profile. */
export interface CpuEvidence {
  readonly kind: "cpu";
  readonly place: CodePlace;
  /** Milliseconds of samples in it, and in it and what it calls. */
  readonly self: number;
  readonly total: number;
  /** Parts of all samples that were not idle. */
  readonly share: number;
  readonly samples: number;
}

/** Sampled allocations of a function of the program, and of the libraries that it calls; only when they were asked for. */
export interface AllocationEvidence {
  readonly kind: "allocation";
  readonly place: CodePlace;
  /** Scaled up from samples; collected objects too. */
  readonly bytes: number;
  /** Part of all bytes of the program. */
  readonly share: number;
}

/** The event loop stood still. */
export interface StallEvidence {
  readonly kind: "stall";
  readonly count: number;
  /** Milliseconds. */
  readonly time: Spread;
  /** The program's frames under way in most samples, innermost first. */
  readonly stack: readonly CodePlace[];
}

/** A blocking call of Node while a request was answered. */
export interface BlockingEvidence {
  readonly kind: "blocking";
  readonly call: string;
  readonly place?: CodePlace;
  readonly callers: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly count: number;
  readonly requests: number;
  readonly time: Spread;
}

/** What the processes did as a whole, between the first request and the last when there are requests. */
export interface ResourceEvidence {
  readonly kind: "resource";
  readonly verdict: "CPU" | "I/O" | "waiting" | "GC" | "unknown";
  /** Milliseconds of CPU of all observed processes. */
  readonly cpu: number;
  /** Milliseconds of the window. */
  readonly wall: number;
  readonly utilisation: number;
  readonly gc: { readonly total: number; readonly max: number; readonly count: number };
  /** Milliseconds. */
  readonly delay: { readonly median: number; readonly max: number };
  readonly rss: number;
  readonly heap: number;
  /** Open files of the process whose number grew most, where it grew beyond chance. */
  readonly files?: { readonly first: number; readonly last: number; readonly seconds: number };
}

/** A read that was asked again in other requests, and what a cache of it would have been worth in this run. */
export interface CacheableEvidence {
  readonly kind: "cacheable";
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly place?: CodePlace;
  readonly callers: readonly CodePlace[];
  readonly routes: readonly string[];
  readonly requests: number;
  readonly reads: number;
  /** Statements with different parameters: what a cache would have asked for at least once. */
  readonly distinct: number;
  /** By how long an answer is kept, in seconds: part of the reads that it would have answered, and how many of those after a write to the same table. */
  readonly kept: readonly { readonly seconds: number; readonly hits: number; readonly stale: number }[];
  /** Milliseconds of all its reads. */
  readonly time: Spread;
}

/** What observing cost, as far as the agent can time itself. */
export interface CostEvidence {
  readonly kind: "cost";
  /** Milliseconds of the agent's own code; the sampling of V8 itself is not in it. */
  readonly own: number;
  readonly cpu: number;
  readonly records: number;
}

export type Evidence =
  | RequestEvidence
  | StatementEvidence
  | RepetitionEvidence
  | DuplicateEvidence
  | SlowEvidence
  | SequentialEvidence
  | CpuEvidence
  | AllocationEvidence
  | StallEvidence
  | BlockingEvidence
  | ResourceEvidence
  | CacheableEvidence
  | LoadEvidence
  | PoolEvidence
  | TraceEvidence
  | CostEvidence;

/** One observed run, as it is kept in `.optimize/evidence/`. */
export interface EvidenceSet {
  readonly evidenceVersion: string;
  readonly id: string;
  readonly environment: Environment;
  readonly evidence: readonly Evidence[];
  /** What was lost or could not be read, in words. */
  readonly failures: readonly string[];
  /** Libraries that were seen being loaded. */
  readonly libraries: readonly string[];
  /** Files that evidence points at, with a hash of their text then. */
  readonly files: Readonly<Record<string, string>>;
}
