/** One pass through a scenario: sends its steps one after the other and writes down what came of each. */
import { randomBytes } from "node:crypto";
import type { Exchange, Received, RequestParts } from "../exchange.ts";
import { placeOfKind, timeless, unanswered, type FailureKind } from "../failures.ts";
import { add, endpointCell, kindCell, statusCell, unitsPerMillisecond, workerCell } from "../recording.ts";
import { Cookies } from "../scenario/cookies.ts";
import type { Fault } from "../scenario/judging.ts";
import type { Variables } from "../scenario/template.ts";
import { record } from "../../model/histogram.ts";
import type { Engine, ReadyScenario } from "./engine.ts";
import type { Made, Step } from "./step.ts";
import { weigh } from "./weighing.ts";

export class Iteration implements Exchange {
  bytes: Buffer | string = "";
  parts: RequestParts | undefined;
  bodiless = false;
  repeatable = false;
  keepBody = false;
  keepFields = false;
  sent = 0;
  deadline = 0;
  attempts = 0;

  /** The user who does it, in a closed model. */
  readonly user: number;
  /** Nothing answered: whoever is next should not try at once. */
  unanswered = false;
  readonly #engine: Engine;
  readonly #scenario: ReadyScenario;
  readonly #variables: Variables;
  #cookies: Cookies | undefined;
  #intended: number;
  #at = 0;
  #path = "";
  #trace = "";

  constructor(engine: Engine, scenario: ReadyScenario, variables: Variables, intended: number, user: number) {
    this.#engine = engine;
    this.#scenario = scenario;
    this.#variables = variables;
    this.#intended = intended;
    this.user = user;
    if (scenario.cookies) this.#cookies = new Cookies();
  }

  get #step(): Step {
    return this.#scenario.steps[this.#at] as Step;
  }

  /** Variables as they are now, for what a setup leaves behind. */
  get variables(): Variables {
    return this.#variables;
  }

  /** Sends the present step. */
  send(now: number): void {
    const step = this.#step;
    const engine = this.#engine;
    const trace = engine.traceAt(now);
    if (step.plan.stream !== undefined) {
      engine.converse(step, this.#variables, this, now);
      return;
    }
    let made: Made;
    try {
      made = step.fixed !== undefined && trace === "" && this.#cookies === undefined ? step.fixed : this.#make(step, trace);
    } catch (error) {
      this.sent = now;
      this.failed("extraction", error instanceof Error ? error.message : String(error), now);
      return;
    }
    this.#trace = trace;
    this.#path = made.path;
    this.bytes = made.bytes;
    this.parts = made.parts;
    this.bodiless = step.bodiless;
    this.repeatable = step.repeatable;
    this.keepBody = step.judge.readsBody || trace !== "" || engine.wantsSample(step.plan.endpoint);
    this.keepFields = step.judge.readsFields || trace !== "" || this.#cookies !== undefined;
    add(engine.record.counts, workerCell.started);
    engine.transportOf(step.plan.origin).submit(this, now);
  }

  #make(step: Step, trace: string): Made {
    const parent = trace === "" ? undefined : `00-${trace}-${randomBytes(8).toString("hex")}-01`;
    return step.make(this.#variables, this.#cookies, parent);
  }

  received(response: Received, now: number): void {
    const step = this.#step;
    const { endpoints } = this.#engine.record;
    const endpoint = endpoints[step.plan.endpoint];
    if (endpoint === undefined) return;
    add(endpoint.counts, statusCell(response.status));
    add(endpoint.counts, endpointCell.body, response.bodyBytes);
    if (this.#trace !== "") weigh(endpoint.counts, response);
    if (this.#cookies !== undefined) this.#cookies.take(response.field("set-cookie"), this.#path);
    let fault = step.judge.judge(response, now - this.#intended);
    if (fault === undefined && step.plan.extract.length > 0) fault = step.judge.extract(response, this.#variables);
    this.#count(now, fault, response);
    if (fault !== undefined) this.#engine.ended(this, now);
    else this.#advance(now);
  }

  failed(kind: FailureKind, detail: string, now: number): void {
    if (this.#engine.muted) return;
    this.unanswered = unanswered.has(kind);
    this.#count(now, { kind, detail }, undefined);
    this.#engine.ended(this, now);
  }

  /** A conversation is over. */
  conversed(now: number): void {
    this.#count(now, undefined, undefined);
    this.#advance(now);
  }

  /** What was answered has a latency, and so has what was waited for in vain. A refusal has none: it would make a target the faster, the more it refuses. */
  #count(now: number, fault: Fault | undefined, response: Received | undefined): void {
    const place = this.#step.plan.endpoint;
    const endpoint = this.#engine.record.endpoints[place];
    if (endpoint === undefined) return;
    add(endpoint.counts, endpointCell.requests);
    if (fault !== undefined) {
      add(endpoint.counts, endpointCell.failed);
      add(endpoint.counts, kindCell(placeOfKind[fault.kind]));
      this.#engine.sample(place, fault, response);
      if (timeless.has(fault.kind)) return;
    }
    const latency = now - this.#intended;
    record(endpoint.latency, latency * unitsPerMillisecond);
    record(endpoint.service, (now - this.sent) * unitsPerMillisecond);
    if (this.#trace !== "") this.#engine.traced(place, this.#trace, latency);
  }

  #advance(now: number): void {
    const [least, most] = this.#step.plan.think;
    if (++this.#at >= this.#scenario.steps.length) {
      this.#at--;
      this.#engine.think(this, least, most, now, true);
      return;
    }
    this.#engine.think(this, least, most, now, false);
  }

  /** Thinking is over: from now on the next request is late. */
  resume(intended: number, now: number): void {
    this.#intended = intended;
    this.send(now);
  }
}
