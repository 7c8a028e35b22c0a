/** A summary said again where its function is called. */
import type { EffectKind } from "../../model/effect.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Cost } from "../../model/formula.ts";
import type { Place } from "../../model/project.ts";
import { free, inSequence, substituteCost } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, none, thisToken, union } from "./deps.ts";
import { forward } from "./emit.ts";
import { escapes } from "./escapes.ts";
import { noteFills } from "./filled.ts";
import type { Closure } from "./functions.ts";
import { declaredResult } from "./functions.ts";
import { isLetGo } from "./floating.ts";
import { handedAround, noteTransacted } from "./held-in-transactions.ts";
import { joinAll } from "./joins.ts";
import { noteLimited } from "./limited-work.ts";
import { sizeOf } from "./literals.ts";
import { changes } from "./mutations.ts";
import type { Operation } from "./operation.ts";
import { flowOf, isKeptByRow } from "./operation.ts";
import { depsOfArgument } from "./property-deps.ts";
import { propertyOf } from "./property-tokens.ts";
import { recordRecursion } from "./recursion.ts";
import { askedKey, clientsGiven, keyFor, noteAsks, noteKnown, noteRead } from "./repeats.ts";
import { summaryOf } from "./summaries.ts";
import { noteGiven, noteLong } from "./sights.ts";
import { addCaller, again } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { queryOfGiven, readOfQuery } from "./row-origins.ts";
import { sizeOfSymbol, isPartOfParameter, polynomialOf, translate } from "./translation.ts";
import { calledName, wordsOf } from "./unit.ts";
import type { Size, Value } from "./value.ts";
import { arrayIn, constantOf, unknown, withDeps } from "./value.ts";

const inside: readonly string[] = [];

export function callSummary(act: Activation, target: Closure, fn: FunctionFacts, args: readonly Value[], node: Expression): Value {
  const summary = summaryOf(act.world, target, fn, args);
  noteTransacted(act, target.unit, target.fn);
  addCaller(summary, act.summary, act.transaction === undefined ? handedAround(act) : inside);
  if (!summary.done) {
    // A cycle: what the round before knew is the best there is; the next round repairs it.
    if (summary === act.summary) recordRecursion(act, target.unit, fn, args, node);
    const before = act.world.previous.get(summary.key);
    if (before === undefined || summary === act.summary) {
      if (summary !== act.summary) (act.summary.waits ??= new Set()).add(summary);
      return declaredResult(act.world, target.unit, fn, joinAll([...args]).deps);
    }
    return apply(act, before, target, fn, args, node);
  }
  return apply(act, summary, target, fn, args, node);
}

/** Says a summary's effects, cost and result in the caller's terms. */
function apply(act: Activation, summary: Summary, target: Closure, fn: FunctionFacts, args: readonly Value[], node: Expression): Value {
  const self = target.self ?? unknown;
  const mapDeps = (deps: Deps): Deps => {
    if (deps.length === 0) return none;
    let out = none;
    for (const token of deps) {
      if (token < 0) {
        const { index, name } = propertyOf(token);
        out = union(out, depsOfArgument(args[index], name));
      } else if (token === thisToken) out = union(out, self.deps);
      else if (token < firstLocalToken) out = union(out, args[token - 1]?.deps ?? none);
    }
    return out;
  };
  const sizeAt = (symbol: string): Size | undefined => sizeOfSymbol(act, symbol, args, self, node);
  const isSized = !summary.done || summary.told?.looped.some(({ loopSymbol }) => loopSymbol?.startsWith("$") === true) === true;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Value;
    noteGiven(act, summary, i, arg);
    if (isSized) noteArgument(act, summary, i, arg);
    escapes(act, arg, node);
  }
  const { read, waits } = traitsOf(summary);
  const asked = read !== undefined || summary.asks.length > 0 || summary.knows.length > 0;
  const clients = asked ? clientsGiven(node, args) : undefined;
  const which = asked ? instanceOf(act, target, node) : undefined;
  if (read !== undefined && which !== undefined && act.memo + act.kept === 0 && act.handlers === 0)
    noteRead(
      act,
      askedKey(`${which}${summary.key}`, [self, ...args]),
      again(read, { via: { unit: act.unit, fn: act.fn, node }, next: read, depth: read.depth + 1 }),
      node,
      { given: clients },
    );
  const keyAt = (key: string | undefined): string | undefined => keyFor(key, self, args);
  const readAt = (key: string): string | undefined => {
    const said = which === undefined ? undefined : keyAt(key);
    return said === undefined || which === "" ? said : `${which}${said}`;
  };
  noteAsks(act, summary.asks, readAt, node, clients);
  const via = { unit: act.unit, fn: act.fn, node };
  const partial = summary.effects.length > 0 && args.some(isPartOfParameter);
  const floats = isLetGo(act, target, fn, args, node);
  if (floats) act.floating++;
  for (const effect of summary.effects) {
    // Whether one property differs from call to call is not said by what the whole parameter depends on.
    const blurred =
      partial &&
      effect.once &&
      !effect.blurred &&
      effect.deps.some((token) => isPartOfParameter(token < 0 ? args[propertyOf(token).index] : args[token - 1]));
    const sure = effect.conditional && isSure(summary, effect.operation.kind);
    const unless = effect.unless === undefined ? undefined : keyAt(effect.unless);
    const operation = isKeptByRow(effect.operation.spec)
      ? readOfQuery(act.world.operations, effect.operation, queryOfGiven(effect.deps, self, args))
      : effect.operation;
    forward(
      act,
      blurred || sure || unless !== effect.unless || operation !== effect.operation
        ? again(effect, { operation, blurred: effect.blurred || blurred, sure, unless })
        : effect,
      mapDeps(effect.deps),
      mapDeps(effect.values),
      via,
    );
  }
  if (floats) act.floating--;
  for (const token of summary.limits) noteLimited(act, args[token - 1] ?? unknown, true);
  noteKnown(act, summary.knows, readAt, node, clients);
  if (summary.fills !== undefined) noteFills(act, summary.fills, args);
  if (act.memo === 0 && (summary.cost !== free || summary.gathered !== free || summary.pending !== free)) {
    const said = (cost: Cost): Cost => substituteCost(cost, (symbol) => polynomialOf(symbol, sizeAt));
    act.cost = inSequence(act.cost, said(summary.cost));
    act.gathered = inSequence(act.gathered, said(summary.gathered));
    act.pending = inSequence(act.pending, said(summary.pending));
  }
  for (const name of summary.unknown ?? []) {
    (act.summary.unknown ??= new Set()).add(name);
    if (act.awaiting > 0) {
      act.busy++;
      for (const capture of act.captures) capture.inside.push(name);
    }
  }
  if (summary.writesState) {
    act.summary.writesState = true;
    for (const capture of act.captures) capture.sideEffects = true;
  }
  for (const token of summary.mutates) {
    const changed = token === thisToken ? self : args[token - 1];
    if (changed !== undefined) changes(act, changed, token !== thisToken && isMade(node, token - 1) ? "call of its own" : "call");
  }
  const { operations } = act.world;
  const flowAt = (id: string): Operation | undefined => {
    const operation = operations.get(id);
    return operation === undefined
      ? undefined
      : flowOf(operations, operation, `${act.unit.index}:${node.at}`, { place: act.place(node), name: calledName(node) });
  };
  const queryAt = (deps: Deps): Place | undefined => queryOfGiven(deps, self, args);
  const mapped = translate(summary.returns, { mapDeps, sizeAt, keyAt, flowAt, queryAt }, 0);
  if (!waits) return withDeps(mapped, none, mapped.key ?? callKey(target, args));
  const token = act.result();
  noteLong(act, token[0] ?? 0, mapped);
  return withDeps(mapped, token, `io${String(token[0])}`);
}

/** Whatever the conditions of the function, it reads or writes at least once: one arm by one statement, the other by another. */
function isSure(summary: Summary, kind: EffectKind): boolean {
  const bounds = kind === "db-read" ? summary.cost.reads : kind === "db-write" ? summary.cost.writes : undefined;
  return (bounds?.min.get("") ?? 0) >= 1;
}

/** Which of the functions that one place makes the call means: each has caught other values. "" for one that stands alone. */
function instanceOf(act: Activation, target: Closure, node: Expression): string | undefined {
  if (target.env === target.unit.env || target.env.owner === act) return "";
  const words = node.kind === "call" ? wordsOf(node.callee) : "";
  return words === "" || words.includes("(") ? undefined : `${words}#`;
}

/** The argument is written in the call: nobody else has it. */
function isMade(node: Expression, index: number): boolean {
  const kind = node.kind === "call" ? node.args[index]?.value.kind : undefined;
  return kind === "object" || kind === "array";
}

interface Traits {
  /** The first read that every call does. */
  readonly read: Summary["effects"][number] | undefined;
  /** Does anything whose result is more than what it was called with. */
  readonly waits: boolean;
}

const traits = new WeakMap<Summary["effects"], Traits>();

function traitsOf({ effects }: Summary): Traits {
  let known = traits.get(effects);
  if (known === undefined) {
    known = {
      read: effects.find((effect) => effect.operation.kind === "db-read" && !effect.conditional && !isKeptByRow(effect.operation.spec)),
      waits: effects.some((effect) => !effect.operation.kind.startsWith("log") && effect.operation.kind !== "connect"),
    };
    traits.set(effects, known);
  }
  return known;
}

function callKey(target: Closure, args: readonly Value[]): string | undefined {
  let keys = "";
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Value;
    const constant = arg.key === undefined ? constantOf(arg) : undefined;
    if (arg.key === undefined && constant === undefined) return undefined;
    keys += `${i === 0 ? "" : ","}${arg.key ?? String(constant?.value)}`;
  }
  return `f${target.unit.index}:${target.fn}(${keys})`.slice(0, 240);
}

function noteArgument(act: Activation, summary: Summary, i: number, arg: Value): void {
  noteSize(act, summary, String(i), arg);
  const [origin] = arg.what;
  const literal = arg.what.length === 1 && origin?.kind === "object" && origin.object.literal && !origin.object.persistent;
  if (!literal) (summary.argSizes ??= new Map()).set(`${String(i)}.`, "unknown");
  else
    for (const [name, value] of origin.object.props)
      if (arrayIn(value) !== undefined) noteSize(act, summary, `${String(i)}.${name}`, value);
}

function noteSize(act: Activation, summary: Summary, where: string, value: Value): void {
  const size = sizeOf(value);
  const sizes = (summary.argSizes ??= new Map<string, Size | "unknown">());
  const before = sizes.get(where);
  const own = act.bounds.get(value.key ?? "") ?? (value.key?.startsWith("$") === true ? undefined : (size.exact ?? size.max));
  if (own === undefined) sizes.set(where, "unknown");
  else if (before !== "unknown") sizes.set(where, { max: Math.max(before?.max ?? 0, own) });
}
