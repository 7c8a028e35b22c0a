/** Loops: statements, and calls that run a function for each element. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { LoopStatement, Statement } from "../../model/facts-statements.ts";
import type { Polynomial } from "../../model/formula.ts";
import { atLeast, constant, free, inSequence, symbolTerm, times } from "../../model/formula.ts";
import type { Loop } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import { assignedIn, noteCarried } from "./carried.ts";
import { evaluateTest } from "./conditions.ts";
import { countedList, keysOf, stepsByChunk, isPageWalk } from "./counters.ts";
import type { Deps } from "./deps.ts";
import { none, only, union } from "./deps.ts";
import { noteEndless } from "./endless-roots.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import { breaks, continues, next } from "./flow.ts";
import { sizeOf } from "./literals.ts";
import { useOfLoop } from "./row-loops.ts";
import { noteRowUse } from "./row-picks.ts";
import { bindPattern } from "./patterns.ts";
import { iterated } from "./pending.ts";
import { settledIn } from "./settled.ts";
import { isPartOfSent } from "./sent.ts";
import { execute } from "./statements.ts";
import { noteLoop } from "./sights.ts";
import { nameOf } from "./unit.ts";
import { inRound, wiredElements } from "./wiring.ts";
import type { Size, Value } from "./value.ts";
import { arrayIn, awaited, scalar, truthiness, unknownFrom, wholeRows, withDeps } from "./value.ts";

export interface LoopSpec {
  readonly node: { readonly at: number; readonly end: number };
  readonly form: Loop["form"];
  readonly method?: string;
  readonly list: Value | undefined;
  readonly words: string;
  /** Where what is known of the list is kept for the reading of the text; absent: at the node. */
  readonly sight?: number | undefined;
  /** The list as it is written. */
  readonly source?: Expression | undefined;
  readonly mode: Loop["mode"];
  readonly chunks?: boolean;
  readonly body?: readonly Statement[];
}

export function openLoop(act: Activation, spec: LoopSpec): LoopFrame {
  const place = act.place(spec.node);
  const array = spec.list === undefined ? undefined : arrayIn(spec.list);
  const known = spec.list === undefined ? {} : smallest(sizeOf(spec.list), act.bounds.get(spec.list.key ?? ""));
  const chunks = spec.chunks === true || array?.pieces === true || (array !== undefined && arrayIn(array.element)?.chunk === true);
  // All of a piece at once is some of the whole at a time.
  const mode = spec.mode === "parallel" && array?.chunk === true ? "limited" : spec.mode;
  const name = spec.words === "" ? "elements" : spec.words;
  // What a request brings has no caller that could say it in other words.
  const said = act.handler && act.unit.facts.language === "python" && known.symbol?.startsWith("$") === true ? undefined : known.symbol;
  const symbol = said ?? (known.exact === undefined ? `${name}@${act.unit.index}:${spec.node.at}` : undefined);
  const id = `${place.file}:${place.at}:${spec.form}${act.unit.written === undefined ? "" : `:${String(spec.node.at)}`}`;
  const frame: LoopFrame = {
    facts: {
      id,
      place,
      form: spec.form,
      method: spec.method,
      size: { ...known, symbol },
      name,
      rows: array?.rows,
      mode,
      once: false,
      exitsOnResult: false,
      paced: false,
      yields: false,
      chunks,
      piece: array?.chunk === true,
      settled: settledIn(act, spec.list, spec.source) ?? (act.shared > 0 ? "kept" : undefined),
      sent: act.unit.facts.language === "python" && isPartOfSent(act, spec.source),
      carries: false,
    },
    body: spec.body,
    listKey: spec.list?.key,
    element: act.token(),
    carried: act.token(),
    collected: act.token(),
    depth: act.frames.length,
    conditions: act.conditions.length,
    guesses: act.guesses.length,
    skips: act.skips,
    tries: act.tries,
    memo: act.memo + act.kept,
    once: act.once,
    floating: act.floating,
    limits: act.limits,
    through: act.through,
    transaction: act.transaction,
    mark: act.mark,
    outside: act.env,
    awaited: 0,
    started: 0,
    spared: free,
    gathered: act.gathered,
    pending: act.pending,
  };
  noteLoop(act, spec.sight ?? spec.node.at, known, array?.rows !== undefined, spec.list);
  act.gathered = free;
  act.pending = free;
  if (spec.list?.what.some((origin) => origin.kind === "library" && origin.library.types[origin.type]?.paced === true) === true)
    frame.facts.paced = true;
  act.loops.push(frame);
  return frame;
}

/** Closes the loop: its body's cost is multiplied by its size. */
export function closeLoop(act: Activation, frame: LoopFrame, before: Activation["cost"], retry = false): void {
  act.loops.pop();
  // Started and not waited for inside a statement loop: all of them run at once.
  if (frame.facts.mode === "sequential" && frame.started > 0 && frame.awaited === 0) frame.facts.mode = "parallel";
  const size: Polynomial = frame.facts.once
    ? constant(1)
    : frame.facts.size.exact !== undefined
      ? constant(frame.facts.size.exact)
      : symbolTerm(frame.facts.size.symbol ?? frame.facts.name);
  const all = times(act.cost, size);
  // Rounds that only come after a failure: usually the first one is the last.
  act.cost = inSequence(inSequence(before, frame.spared), retry ? atLeast(act.cost, all) : all);
  // However many rounds add to it: they are sent together.
  act.pending = inSequence(frame.pending, act.pending);
  act.gathered = inSequence(frame.gathered, frame.facts.mode === "sequential" ? times(act.gathered, size) : act.gathered);
}

export function executeLoop(act: Activation, s: LoopStatement): Flow {
  execute(act, s.init);
  const list = s.iterable === undefined ? undefined : awaited(iterated(act, evaluate(act, s.iterable), s.iterable, s.async));
  const array = list === undefined ? undefined : arrayIn(list);
  const rows = wholeRows(array);
  if (rows !== undefined && s.iterable !== undefined) noteRowUse(act, rows.id, useOfLoop(act, s), s.iterable);
  if (s.test !== undefined && s.form !== "do" && truthiness(evaluateTest(act, s.test)) === false) return next;
  const wired = s.target === undefined || s.form === "keys" ? undefined : wiredElements(act, list, () => s.body);
  if (wired !== undefined) return wireAll(act, s, wired);
  const counted = s.form === "count" ? countedList(act, s) : undefined;
  const source = list ?? counted?.list;
  const words =
    s.iterable !== undefined ? nameOf(s.iterable) : (counted?.name ?? (s.form === "while" || s.form === "do" ? "rounds" : "steps"));
  const before = act.cost;
  act.cost = free;
  const frame = openLoop(act, {
    node: s,
    form: s.form,
    list: s.form === "keys" ? keysOf(list) : source,
    words,
    source: s.iterable,
    mode: "sequential",
    chunks: stepsByChunk(s),
    body: s.body,
  });
  if (counted?.max !== undefined) frame.facts.size = { ...frame.facts.size, exact: counted.max, max: counted.max };
  const { env } = act;
  act.env = new Environment(env, act);
  const carried = assignedIn(s);
  for (const [binding, isCounter] of carried) {
    const value = act.env.get(binding, act);
    if (value === undefined) continue;
    act.env.overlay(binding, {
      ...withDeps(
        isCounter ? scalar("number", value.deps) : later(value),
        only(isCounter && !isPageWalk(s) ? frame.element : frame.carried),
      ),
      key: undefined,
    });
  }
  if (s.target !== undefined)
    bindPattern(act, s.target, elementOf(act, s.form === "keys" ? undefined : source, frame, list?.deps ?? none), true);
  if (s.test !== undefined) evaluateTest(act, s.test);
  const flow = execute(act, s.body);
  noteEndless(act, s.form, s.test, flow);
  if (s.update !== undefined) evaluate(act, s.update);
  noteCarried(act, s, frame, carried);
  const inner = act.env;
  act.env = env;
  env.merge(inner, new Environment(env, act));
  frame.facts.once = (flow & (next | continues)) === 0;
  closeLoop(act, frame, before, isRetry(act, s, flow));
  return (flow & ~(breaks | continues)) | next;
}

/** Each of the elements in turn, as far as a round goes on. */
function wireAll(act: Activation, s: LoopStatement, elements: readonly Value[]): Flow {
  let flow: Flow = next;
  for (const [i, element] of elements.entries()) {
    flow |= inRound(act, i, () => {
      if (s.target !== undefined) bindPattern(act, s.target, element, true);
      return execute(act, s.body);
    });
  }
  return (flow & ~(breaks | continues)) | next;
}

/** `try { return await attempt(); } catch { … }` as the end of every round. */
function isRetry(act: Activation, s: LoopStatement, flow: Flow): boolean {
  const last = s.body[s.body.length - 1];
  return last?.kind === "try" && act.retried?.has(last) === true && (flow & continues) === 0;
}

/** What a variable holds in later rounds is not only the constant that it starts with. */
function later(value: Value): Value {
  return value.what.some((origin) => origin.kind === "const")
    ? { what: value.what.filter((origin) => origin.kind !== "const"), deps: value.deps, key: undefined }
    : value;
}

/** The element that a loop's target gets: the list's, depending on the loop. */
export function elementOf(act: Activation, list: Value | undefined, frame: LoopFrame, deps: Deps): Value {
  const all = union(only(frame.element), deps);
  if (list === undefined) return unknownFrom(all);
  const array = arrayIn(list);
  if (array === undefined) {
    for (const origin of list.what)
      if (origin.kind === "map" && act.unit.facts.language !== "python")
        return {
          what: [
            {
              kind: "array",
              element: origin.value,
              size: { exact: 2, max: 2 },
              elements: [unknownFrom(all), withDeps(origin.value, all)],
            },
          ],
          deps: all,
        };
    return unknownFrom(all);
  }
  return { what: array.element.what, deps: union(all, array.element.deps), key: `e${frame.element}` };
}

export function smallest(size: Size, max: number | undefined): Size {
  if (max === undefined) return size;
  return { ...size, max: size.max === undefined ? max : Math.min(size.max, max) };
}
