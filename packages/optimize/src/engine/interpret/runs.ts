/** Roots run one after another, then what none of them reached. */
import type { Entry } from "../../model/project.ts";
import { overrideRoots } from "./class-roots.ts";
import { classRefOf, instanceValue } from "./classes.ts";
import { contextual } from "./contexts.ts";
import { none } from "./deps.ts";
import { dispatchRoots } from "./dispatch-roots.ts";
import { entryOf } from "./descriptions.ts";
import { callHandler } from "./handlers.ts";
import { exportedValue } from "./modules.ts";
import type { InterpretInput } from "./project.ts";
import type { Root } from "./root.ts";
import { serviceRoots } from "./service-roots.ts";
import { configuredRoots, findRoots } from "./roots.ts";
import { summaryOf } from "./summaries.ts";
import type { Summary } from "./summary.ts";
import { addExecuted, callersOf, dropCallers, empty, executedIn, strip } from "./summary.ts";
import { functionInfo } from "./unit.ts";
import type { Origin } from "./value.ts";
import type { World } from "./world.ts";

export interface RanRoot {
  readonly root: Root;
  readonly summaries: readonly Summary[];
  readonly before: readonly Summary[];
}

export function runAll(world: World, input: InterpretInput): RanRoot[] {
  const seen = world.registrations.length;
  let ran = runRoots(world, input);
  runRest(world);
  // Functions that nothing calls may register routes too (`export function createApp()`).
  const count = world.registrations.length;
  const applied = world.registrations.slice(seen).some((one) => one.spec.kind === "applied");
  if (count > ran.length - world.endless.size || applied || (seen < count && world.units.some((unit) => unit.facts.language === "python")))
    ran = runRoots(world, input);
  // What messages choose from a table is entered by the message.
  ran = [...ran, ...dispatchRoots(world, () => reachedBy(world, ran)).map((root) => runRoot(world, root))];
  // What a project's own abstract base calls (tasks, processors, commands kept in registries) is entered through the base.
  const reached = reachedFunctions(world, ran);
  return [...ran, ...[...overrideRoots(world, reached), ...serviceRoots(world, reached)].map((root) => runRoot(world, root))];
}

function runRoots(world: World, input: InterpretInput): RanRoot[] {
  const roots = [...findRoots(world), ...configuredRoots(world, input.entryPoints)];
  return roots.map((root, i) => {
    input.onProgress?.(i, roots.length);
    return runRoot(world, root);
  });
}

function runRoot(world: World, root: Root): RanRoot {
  const { value: request, key = "" } = root.before ?? {};
  const around = request === undefined ? {} : { given: { key: `before ${key}`, values: [request] } };
  const before = root.middlewares.flatMap((value) => callHandler(world, value, root.params, root.library, true, around));
  handOn(root);
  const summaries = root.handlers.flatMap((value) => callHandler(world, value, root.params, root.library, true, root));
  return { root, summaries, before };
}

/** What middlewares put on the request is there for the handlers. */
function handOn({ before, given }: Root): void {
  const made = before?.value?.what[0];
  const request = given?.values[0]?.what[0];
  if (made?.kind !== "object" || request?.kind !== "object") return;
  for (const [name, value] of made.object.props)
    if (!request.object.props.has(name)) request.object.props.set(name, contextual(value, none));
}

/** Ids of the functions that some entry reaches. */
function reachedFunctions(world: World, ran: readonly RanRoot[]): ReadonlySet<string> {
  return new Set(reachedBy(world, ran).keys());
}

/** The functions that entries reach, by id, each with the first that does. */
function reachedBy(world: World, ran: readonly RanRoot[]): ReadonlyMap<string, Root> {
  const calls = callsOf(world);
  const seen = new Set<Summary>();
  const out = new Map<string, Root>();
  for (const { root, before, summaries } of ran) {
    const todo = [...before, ...summaries].filter((one) => !seen.has(one));
    for (const one of todo) seen.add(one);
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      for (const id of executedIn(next)) if (!out.has(id)) out.set(id, root);
      for (const below of calls.get(next) ?? []) {
        if (seen.has(below)) continue;
        seen.add(below);
        todo.push(below);
      }
    }
  }
  return out;
}

/** Summaries that each summary calls. */
export function callsOf(world: World): Map<Summary, Summary[]> {
  const calls = new Map<Summary, Summary[]>();
  for (const summary of world.summaries.values()) {
    for (const caller of callersOf(summary)) {
      const list = calls.get(caller);
      if (list === undefined) calls.set(caller, [summary]);
      else list.push(summary);
    }
  }
  return calls;
}

/** Everything that was not reached: exported functions, methods, and functions that nobody calls. */
function runRest(world: World): void {
  const executed = new Set<string>();
  for (const summary of world.summaries.values()) addExecuted(summary, executed);
  for (const unit of world.units) {
    // What a template is given decides all that it does.
    if (unit.facts.language === "template") continue;
    const owner = new Map<number, Origin & { kind: "closure" }>();
    for (const facts of unit.facts.classes) {
      if (facts.parent !== 0) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      for (const member of facts.members) {
        const fn = member.function ?? (member.value?.kind === "function" ? member.value.function : undefined);
        if (fn !== undefined)
          owner.set(fn, {
            kind: "closure",
            unit,
            fn,
            env: unit.env,
            self: member.static ? { what: [{ kind: "class", ref }], deps: [], key: undefined } : instanceValue(ref),
            home: ref,
          });
      }
    }
    for (const fn of unit.facts.functions) {
      if (fn.id === 0 || fn.captures.length > 0 || executed.has(functionInfo(unit, fn.id).id)) continue;
      if (fn.parent !== 0 && fn.class === undefined && !owner.has(fn.id)) continue;
      const summary = summaryOf(
        world,
        owner.get(fn.id) ?? { kind: "closure", unit, fn: fn.id, env: unit.env, self: undefined },
        fn,
        undefined,
      );
      addExecuted(summary, executed);
    }
  }
}

/** Drops summaries that saw something before it was complete, and everything that stands on them. */
export function forgetStale(world: World): boolean {
  const stale: Summary[] = [];
  for (const summary of world.summaries.values()) {
    // Who met a cycle missed nothing when the function further out turned out to do nothing.
    if (!summary.dirty)
      for (const other of summary.waits ?? [])
        if (other.effects.length > 0 || other.returns.what.length > 0 || other.writesState || other.mutates.length > 0)
          summary.dirty = true;
    if (summary.dirty && summary.fn !== 0) stale.push(summary);
  }
  if (stale.length === 0) return false;
  const gone = new Set(stale);
  for (let next = stale.pop(); next !== undefined; next = stale.pop()) {
    for (const caller of callersOf(next)) {
      if (gone.has(caller) || caller.fn === 0) continue;
      gone.add(caller);
      stale.push(caller);
    }
  }
  for (const before of world.previous.values()) empty(before);
  world.previous.clear();
  for (const [key, summary] of world.summaries) {
    if (!gone.has(summary)) continue;
    strip(summary);
    world.previous.set(key, summary);
    world.summaries.delete(key);
  }
  // Callers that stay must not keep edges to what is gone.
  for (const summary of world.summaries.values()) dropCallers(summary, gone);
  return true;
}

/** No summary is dropped any more: who has read what is forgotten, and not written down again. */
export function tellNobody(world: World): void {
  world.isLast = true;
  for (const { env, exports } of world.units) {
    env.readers = undefined;
    exports.readers = undefined;
  }
  for (const fields of world.classFields.values()) fields.readers = undefined;
}

export function exportedFunctions(world: World, reached: ReadonlySet<string>): Entry[] {
  const out: Entry[] = [];
  const seen = new Set<string>();
  for (const unit of world.units) {
    for (const one of unit.facts.exports) {
      if (one.name === "*" || one.from !== undefined) continue;
      for (const origin of exportedValue(world, unit, one.name)?.what ?? []) {
        if (origin.kind !== "closure") continue;
        const fn = origin.unit.facts.functions[origin.fn];
        const info = functionInfo(origin.unit, origin.fn);
        if (fn === undefined || seen.has(info.id) || reached.has(info.id)) continue;
        seen.add(info.id);
        const summary = world.summaries.get(`${origin.unit.index}:${origin.fn}||*`);
        if (summary === undefined || summary.effects.length === 0) continue;
        out.push(entryOf(`function ${info.symbol}`, "function", { unit: origin.unit, node: fn, fn: origin.fn }, [summary], false));
      }
    }
  }
  return out;
}
