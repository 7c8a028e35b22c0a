/** Awaits that follow each other: which of them could have run side by side. */
import { toldOf } from "./summary.ts";
import type { Argument, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { free } from "../../model/formula.ts";
import type { AwaitStep } from "../../model/awaits.ts";
import type { Activation, Capture } from "./activation.ts";
import { createCapture } from "./activation.ts";
import { awaitOf } from "./await-of.ts";
import { evaluate } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import { next } from "./flow.ts";
import { functionInfo, wordsOf } from "./unit.ts";
import type { Value } from "./value.ts";

interface Open {
  readonly node: Expression;
  readonly capture: Capture;
  readonly used: boolean;
  readonly inTransaction: boolean;
  readonly from: number;
  readonly to: number;
}

/** Watches the statements of one block. */
export class AwaitScan {
  private readonly act: Activation;
  private steps: Open[] = [];
  private capture: Capture | undefined;
  private awaited: Expression | undefined;
  private mark = 0;
  private busy = 0;

  constructor(act: Activation) {
    this.act = act;
  }

  before(statement: Statement): void {
    const { act } = this;
    this.awaited = awaitOf(statement);
    this.mark = act.mark;
    this.busy = act.busy;
    // Only awaits are described; a plain call in between needs to say what it looks at.
    const isCall = statement.kind === "expression" && statement.value.kind === "call" && this.steps.length > 0;
    this.capture = this.awaited === undefined && !isCall ? undefined : createCapture(act, this.awaited !== undefined);
    if (this.capture !== undefined) act.captures = [...act.captures, this.capture];
  }

  after(statement: Statement, flow: Flow): void {
    const { act, capture } = this;
    if (capture !== undefined) act.captures = act.captures.slice(0, -1);
    if (this.awaited !== undefined && capture !== undefined) {
      this.steps.push({
        node: this.awaited,
        capture,
        used: isUsed(statement),
        inTransaction: act.transaction !== undefined,
        from: this.mark,
        to: act.mark,
      });
      if ((flow & next) === 0) this.finish();
      return;
    }
    if (this.steps.length > 0 && this.isBarrier(statement, capture, flow)) this.finish();
  }

  private isBarrier(statement: Statement, capture: Capture | undefined, flow: Flow): boolean {
    if (flow !== next || this.act.busy !== this.busy) return true;
    if (capture === undefined) return false;
    // A plain call on a result in between may throw: `authorize(user, document)`.
    return (
      statement.kind === "expression" &&
      statement.value.kind === "call" &&
      !isQuiet(statement.value) &&
      capture.deps.some((token) => this.steps.some((one) => token >= one.from && token < one.to))
    );
  }

  finish(): void {
    if (this.steps.length > 1)
      toldOf(this.act.summary).awaits.push({
        function: functionInfo(this.act.unit, this.act.fn),
        unnamed: isUnnamed(this.act),
        steps: stepsOf(this.act, this.steps),
        insidePromiseAll: false,
      });
    this.steps = [];
  }
}

function isUnnamed({ unit, fn }: Activation): boolean {
  return fn > 0 && unit.facts.functions[fn]?.name === "";
}

function isQuiet(e: Extract<Expression, { kind: "call" }>): boolean {
  return e.callee.kind === "member" && /^(log|debug|info|warn|error|trace|push|set|add|setAttribute|setAttributes)$/.test(e.callee.name);
}

function stepsOf(act: Activation, list: readonly Open[]): AwaitStep[] {
  return list.map((one, i) => stepOf(act, one, list, i));
}

function stepOf(act: Activation, { node, capture, used, inTransaction }: Open, list: readonly Open[], index: number): AwaitStep {
  const all = new Set(capture.deps);
  for (const effect of capture.effects) for (const token of effect.deps) all.add(token);
  const needs: number[] = [];
  const tokens = [...all];
  for (let i = 0; i < index && tokens.length > 0; i++) {
    const { from, to } = list[i] as Open;
    if (tokens.some((token) => token >= from && token < to)) needs.push(i);
  }
  const reads = capture.effects.filter((effect) => effect.operation.kind.endsWith("-read"));
  const writes = capture.effects.filter((effect) => /-write$|^queue$|^process$|^lock$/.test(effect.operation.kind));
  const inner = node.kind === "await" ? node.value : node;
  return {
    place: act.place(node),
    name: wordsOf(inner),
    reads: unique(reads.map((effect) => effect.operation)),
    writes: unique(writes.filter((effect) => !effect.conditional).map((effect) => effect.operation)),
    conditionalWrites: unique(writes.filter((effect) => effect.conditional).map((effect) => effect.operation)),
    unknown: [...new Set(capture.unknown)],
    unknownInside: [...new Set(capture.inside)],
    needs,
    used,
    sideEffects: capture.sideEffects,
    serialised: capture.serialised || inTransaction,
    cost: free,
  };
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

function isUsed(statement: Statement): boolean {
  return statement.kind === "assign" || statement.kind === "return";
}

/** `{ users: await a(), posts: await b() }`: members of one literal, evaluated in order. */
export class MemberScan {
  private readonly act: Activation;
  private readonly several: boolean;
  private readonly insidePromiseAll: boolean;
  private steps: Open[] = [];

  /** `awaits`: how many of the members are awaits. */
  constructor(act: Activation, awaits: number, insidePromiseAll = false) {
    this.act = act;
    this.several = awaits > 1;
    this.insidePromiseAll = insidePromiseAll;
  }

  evaluate(e: Expression): Value {
    const { act } = this;
    if (!this.several) return evaluate(act, e);
    const capture = createCapture(act, true);
    const from = act.mark;
    const { busy } = act;
    act.captures = [...act.captures, capture];
    const value = evaluate(act, e);
    act.captures = act.captures.slice(0, -1);
    if (e.kind === "await")
      this.steps.push({ node: e, capture, used: true, inTransaction: act.transaction !== undefined, from, to: act.mark });
    else if (!this.insidePromiseAll && act.busy !== busy) this.finish();
    return value;
  }

  finish(): void {
    const { act, steps, insidePromiseAll } = this;
    if (steps.length > 1)
      toldOf(act.summary).awaits.push({
        function: functionInfo(act.unit, act.fn),
        unnamed: isUnnamed(act),
        steps: stepsOf(act, steps),
        insidePromiseAll,
      });
    this.steps = [];
  }
}

/** How many of them are awaits. */
export function awaitsAmong(list: readonly ({ readonly value: Expression } | null)[]): number {
  let count = 0;
  for (let i = 0; i < list.length; i++) if (list[i]?.value.kind === "await") count++;
  return count;
}

/** `Promise.all([await a(), await b()])`: the elements wait for each other before `all` sees them. */
export function awaitsInside(act: Activation, elements: readonly (Argument | null)[]): Value[] {
  const scan = new MemberScan(act, awaitsAmong(elements), true);
  const values = elements.flatMap((element) => (element === null ? [] : [scan.evaluate(element.value)]));
  scan.finish();
  return values;
}
