/** What all iterations of a worker share: transports, figures, samples of failures, traces, and the pauses between steps. */
import { randomBytes } from "node:crypto";
import { noCounts, type Received, type Transport } from "../exchange.ts";
import { Http2Pool } from "../http2/pool.ts";
import { Pool } from "../http1/pool.ts";
import type { Plan } from "../plan.ts";
import { add, unitsPerMillisecond, workerCell, type WorkerRecord } from "../recording.ts";
import { sampleOf, withoutSecrets } from "../redact.ts";
import { chosen } from "../arrivals.ts";
import type { Fault } from "../scenario/judging.ts";
import type { Variables } from "../scenario/template.ts";
import { record } from "../../model/histogram.ts";
import { slowestOf } from "../slowest.ts";
import { fraction, randomFrom, type Random } from "../../model/random.ts";
import { Iteration } from "./iteration.ts";
import { converse } from "./conversation.ts";
import { stepOf, type Step } from "./step.ts";

export interface ReadyScenario {
  readonly steps: readonly Step[];
  readonly cookies: boolean;
}

/** A failed request as it is told to the main thread; nobody's data is in it. */
export interface FailureNote {
  readonly endpoint: number;
  readonly kind: string;
  readonly detail: string;
  readonly body?: string;
}

export interface TraceNote {
  readonly endpoint: number;
  readonly trace: string;
  /** Milliseconds. */
  readonly latency: number;
}

/** Samples of one kind of failure of one endpoint. */
const mostSamples = 3;
/** Timers keep whole milliseconds: a user who thinks a little longer is not late. Milliseconds. */
export const timerGrain = 2;
/** So many are kept before the quick ones are let go. */
const mostTraces = 1000;
/** So many requests of an endpoint keep their bodies after its first failure. */
const sampleWithin = 500;
const empty = Buffer.alloc(0);

export class Engine {
  readonly record: WorkerRecord;
  readonly plan: Plan;
  readonly notes: FailureNote[] = [];
  /** The slowest of the sampled requests. */
  traces: TraceNote[] = [];
  onEnded: (iteration: Iteration, now: number) => void = () => {};
  readonly #scenarios: readonly ReadyScenario[];
  readonly #weights: readonly number[];
  readonly #transports: readonly Transport[];
  readonly #random: Random;
  readonly #sampled = new Map<string, number>();
  readonly #wanted: number[] = [];
  readonly #betweenTraces: number;
  #nextTrace: number;
  #thinking = 0;
  readonly #talks = new Set<{ cut: () => void }>();
  #stopped = false;
  /** What ends from now on ends because a person has stopped the run: it is counted nowhere. */
  muted = false;
  readonly #shared: Variables;
  /** Nothing varies, so that all iterations can share what nobody reads. */
  readonly #isPlain: boolean;

  constructor(plan: Plan, record: WorkerRecord, share: number) {
    this.plan = plan;
    this.record = record;
    const options = {
      connections: Math.max(1, Math.ceil(plan.connections / share)),
      timeout: plan.timeout,
      insecure: plan.insecure,
      ...(plan.ca === undefined ? {} : { ca: plan.ca }),
    };
    const two = plan.protocol === "2";
    this.#transports = plan.origins.map((origin) => (two ? new Http2Pool(origin, options) : new Pool(origin, options)));
    this.#scenarios = plan.scenarios.map(({ steps, cookies }) => ({
      cookies,
      steps: steps.map((step) => stepOf(step, plan.origins[step.origin] as Plan["origins"][number], two)),
    }));
    this.#weights = plan.scenarios.map(({ weight }) => weight);
    this.#random = randomFrom(plan.seed + 1);
    this.#betweenTraces = plan.traced > 0 ? (1000 * share) / plan.traced : Infinity;
    this.#nextTrace = plan.traced > 0 ? performance.now() + fraction(this.#random) * this.#betweenTraces : Infinity;
    this.#shared = plan.variables;
    this.#isPlain = this.#scenarios.every(({ steps }) =>
      steps.every(({ fixed, plan: { extract, stream } }) => fixed !== undefined && extract.length === 0 && stream === undefined),
    );
  }

  /** Begins the `index`-th iteration of the schedule, which was to begin at `intended`. */
  begin(index: number, intended: number, now: number, user = -1): void {
    const place = this.#scenarios.length === 1 ? 0 : chosen(this.#weights, index);
    const scenario = this.#scenarios[place];
    if (scenario === undefined) return;
    add(this.record.counts, workerCell.iterations);
    new Iteration(this, scenario, this.#variablesOf(index), intended, user).send(now);
  }

  /** Each iteration has variables of its own where any are used. */
  #variablesOf(index: number): Variables {
    const { feeders } = this.plan;
    if (this.#isPlain) return this.#shared;
    const variables: Variables = { ...this.#shared, iteration: index };
    for (const { name, order, rows } of feeders) {
      const row = rows[order === "random" ? Math.floor(fraction(this.#random) * rows.length) : index % rows.length];
      for (const [column, value] of Object.entries(row ?? {})) variables[`${name}.${column}`] = value;
    }
    return variables;
  }

  transportOf(origin: number): Transport {
    return this.#transports[origin] as Transport;
  }

  /** Requests and pauses that are under way. */
  get open(): number {
    return this.#thinking + this.#talks.size + this.#transports.reduce((sum, { open }) => sum + open, 0);
  }

  ended(iteration: Iteration, now: number): void {
    this.onEnded(iteration, now);
  }

  /** Pauses, then sends the iteration's next step, or ends it. */
  think(iteration: Iteration, least: number, most: number, now: number, last: boolean): void {
    if (this.#stopped && !last) return;
    const pause = most <= 0 ? 0 : least + (most - least) * fraction(this.#random);
    if (pause === 0) {
      if (last) this.onEnded(iteration, now);
      else iteration.resume(now, now);
      return;
    }
    if (last && iteration.user < 0) return this.onEnded(iteration, now);
    this.#thinking++;
    setTimeout(() => {
      this.#thinking--;
      if (this.#stopped) return;
      const resumed = performance.now();
      const late = Math.max(0, resumed - now - pause - timerGrain);
      record(this.record.lag, late * unitsPerMillisecond);
      if (last) this.onEnded(iteration, resumed);
      else iteration.resume(resumed - late, resumed);
    }, pause);
  }

  converse(step: Step, variables: Variables, iteration: Iteration, now: number): void {
    add(this.record.counts, workerCell.started);
    const talk: { cut: () => void } = { cut: () => {} };
    this.#talks.add(talk);
    talk.cut = converse(step, this.plan, variables, iteration, now, () => this.#talks.delete(talk));
  }

  /** The id of a trace when this request is one of the sampled, else "". */
  traceAt(now: number): string {
    if (now < this.#nextTrace) return "";
    this.#nextTrace = Math.max(now, this.#nextTrace + this.#betweenTraces);
    return randomBytes(16).toString("hex");
  }

  traced(endpoint: number, trace: string, latency: number): void {
    this.traces.push({ endpoint, trace, latency });
    if (this.traces.length > mostTraces) this.traces = slowestOf(this.traces);
  }

  /** A body is only kept once something has failed, and not for long when it does not fail again. */
  wantsSample(endpoint: number): boolean {
    const left = this.#wanted[endpoint] ?? 0;
    if (left > 0) this.#wanted[endpoint] = left - 1;
    return left > 0;
  }

  /** Keeps a few samples of each kind. */
  sample(endpoint: number, fault: Fault, response: Received | undefined): void {
    const key = `${endpoint} ${fault.kind}`;
    const seen = this.#sampled.get(key) ?? 0;
    if (seen >= mostSamples) return;
    const body = response?.body() ?? empty;
    if (response !== undefined && response.bodyBytes > 0 && body.length === 0) {
      if (seen === 0) this.#wanted[endpoint] = sampleWithin;
      this.#sampled.set(key, Math.max(seen, 0.5));
      if (seen > 0) return;
    } else this.#sampled.set(key, Math.floor(seen) + 1);
    this.notes.push({
      endpoint,
      kind: fault.kind,
      detail: withoutSecrets(fault.detail, this.plan.secrets),
      ...(response === undefined || body.length === 0 ? {} : { body: sampleOf(response.type(), body, this.plan.secrets) }),
    });
  }

  sweep(now: number): void {
    for (const transport of this.#transports) transport.sweep(now);
    this.publish();
  }

  /** Copies what the transports count to where others can read it. */
  publish(): void {
    const { counts } = this.record;
    const sum = noCounts();
    for (const transport of this.#transports) {
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += transport.counts[name];
    }
    counts[workerCell.connections] = sum.connections;
    counts[workerCell.waited] = sum.waited;
    counts[workerCell.retried] = sum.retried;
    counts[workerCell.in] = sum.bytesIn;
    counts[workerCell.out] = sum.bytesOut;
    counts[workerCell.surplus] = sum.surplus;
    counts[workerCell.open] = this.open;
  }

  /** Ends everything; what is under way fails. */
  stop(now: number): void {
    this.#stopped = true;
    for (const { cut } of this.#talks) cut();
    for (const transport of this.#transports) transport.close(now);
    this.traces = slowestOf(this.traces);
    this.publish();
  }
}
