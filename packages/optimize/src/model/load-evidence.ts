/** What load from outside and the program itself say of the same requests. */
import type { CodePlace, Spread } from "./evidence.ts";
import type { LoadVerdict, ToldPercentile } from "./load.ts";

/** What a load run saw of one endpoint from outside, while the program was observed. */
export interface LoadEvidence {
  readonly kind: "load";
  /** As the scenario calls it: "GET /orders". */
  readonly endpoint: string;
  /** The routes that answered its sampled requests; empty when none of them was among the slowest. */
  readonly routes: readonly string[];
  /** Of the run: how load was made, and whether it can be believed. */
  readonly model: string;
  readonly verdict: LoadVerdict;
  readonly requests: number;
  readonly failed: number;
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds from when a request was to be sent; percentiles that enough samples tell. */
  readonly latency: Readonly<Partial<Record<ToldPercentile, number>>>;
  /** Bytes of a body on the wire, and before it was compressed, where that was looked at. */
  readonly wire: number;
  readonly raw?: number;
  /** Milliseconds of the target's processor time a request, over all endpoints of the run: requests cannot be told apart in it. */
  readonly cpu?: number;
  /** Statements a request, in the mean over its routes; absent when its routes are not known. */
  readonly statements?: number;
}

/** What a traced request ran, from one place. */
export interface TraceSpan {
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly place?: CodePlace;
  readonly count: number;
  /** Milliseconds of all of them. */
  readonly time: number;
}

/** One of the slowest requests that a load run sampled, as the program itself saw it. */
export interface TraceEvidence {
  readonly kind: "trace";
  readonly trace: string;
  readonly endpoint: string;
  readonly route: string;
  /** Milliseconds from outside, and within the program; the difference is waiting to be accepted, to be read and to be sent. */
  readonly latency: number;
  readonly time: number;
  /** Part of the time within the program in which a statement or call was under way. */
  readonly waiting: number;
  readonly statements: number;
  readonly calls: number;
  /** What took longest. */
  readonly spans: readonly TraceSpan[];
}

/** Calls that waited because all connections of a pool were taken. Pools that are asked for a connection by `await` alone are not seen. */
export interface PoolEvidence {
  readonly kind: "pool";
  /** "pg", "mysql2" */
  readonly library: string;
  /** The most connections that it may have. */
  readonly size: number;
  readonly waits: number;
  /** Requests in which something waited. */
  readonly requests: number;
  readonly routes: readonly string[];
  /** Milliseconds of waiting. */
  readonly time: Spread;
}
