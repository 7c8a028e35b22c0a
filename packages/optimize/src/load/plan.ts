/** What is to be sent, when and to whom, with nothing left to look up: plain data that goes to threads, machines and files. */
import type { Origin } from "./exchange.ts";

export interface Stage {
  /** Rate in requests a second, or users, at its beginning and at its end; in between it is a straight line. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** How load is made: arrivals come whether or not earlier ones were answered (open); users wait for their answers (closed). */
export type Executor =
  | { readonly kind: "arrivals"; readonly stages: readonly Stage[]; readonly poisson: boolean }
  | { readonly kind: "users"; readonly stages: readonly Stage[] }
  | { readonly kind: "iterations"; readonly users: number; readonly iterations: number; readonly seconds: number };

/** Text with `{{name}}` in it, cut at the names: texts and names in turns, beginning with a text. */
export type Template = readonly string[];

export interface PlannedStep {
  /** The place of its figures. */
  readonly endpoint: number;
  readonly origin: number;
  readonly method: string;
  readonly path: Template;
  readonly headers: readonly (readonly [name: string, value: Template])[];
  readonly body?: PlannedBody;
  readonly expect: Expectation;
  readonly extract: readonly Extraction[];
  /** Milliseconds of thinking afterwards, drawn evenly from here to there. */
  readonly think: readonly [least: number, most: number];
  /** Not HTTP requests, but a conversation. */
  readonly stream?: PlannedStream;
}

export type PlannedBody = { readonly text: Template } | { readonly json: unknown };

export interface PlannedStream {
  readonly kind: "websocket" | "sse";
  readonly send: readonly Template[];
  /** It is over after so many messages. */
  readonly messages: number;
}

export interface Expectation {
  /** Ranges of codes, both ends in it. */
  readonly status: readonly (readonly [from: number, to: number])[];
  readonly body: "some" | "empty" | "any";
  readonly contains: readonly string[];
  readonly matches: readonly string[];
  readonly json: readonly (readonly [path: string, value: unknown])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds from the intended send time. */
  readonly within?: number;
}

export type Extraction = { readonly name: string } & (
  | { readonly json: string }
  | { readonly header: string }
  | { readonly regex: string; readonly group: number }
);

export interface PlannedScenario {
  readonly name: string;
  readonly weight: number;
  readonly steps: readonly PlannedStep[];
  readonly cookies: boolean;
}

export interface Feeder {
  readonly name: string;
  readonly order: "sequential" | "random";
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export interface Plan {
  readonly origins: readonly Origin[];
  /** Names of what is reported, "GET /orders/{{id}}". */
  readonly endpoints: readonly string[];
  readonly scenarios: readonly PlannedScenario[];
  readonly executor: Executor;
  readonly variables: Readonly<Record<string, string>>;
  readonly feeders: readonly Feeder[];
  /** Values that stand in no output. */
  readonly secrets: readonly string[];
  readonly protocol: "1.1" | "2";
  /** Of all workers together. */
  readonly connections: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Milliseconds that requests under way have after the last one was sent. */
  readonly grace: number;
  readonly ca?: string;
  readonly insecure: boolean;
  readonly seed: number;
  /** Requests a second that carry a `traceparent`, of all workers together. */
  readonly traced: number;
  /** The most requests that may be sent. */
  readonly mostRequests: number;
  /** This machine's part of the schedule. */
  readonly segment: { readonly index: number; readonly of: number };
}

/** Seconds of all stages. */
export function secondsOf(executor: Executor): number {
  return executor.kind === "iterations" ? executor.seconds : executor.stages.reduce((sum, stage) => sum + stage.seconds, 0);
}

/** The greatest rate or number of users of a stage. */
export function peakOf(stages: readonly Stage[]): number {
  return Math.max(0, ...stages.flatMap(({ from, to }) => [from, to]));
}
