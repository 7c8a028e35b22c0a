/** Interpreting a whole project: modules, then everything that the outside world may start, then what is left. */
import type { Facts } from "../../model/facts.ts";
import type { Failure } from "../../model/finding.ts";
import { free, inSequence } from "../../model/formula.ts";
import type { Cost } from "../../model/formula.ts";
import type { ExportSpec, FileConvention, Library } from "../../model/library.ts";
import type { Entry, FunctionInfo, LoopedOperation, Project, ReachedOperation } from "../../model/project.ts";
import { basesOf, classRefOf } from "./classes.ts";
import { pathOf } from "./emit.ts";
import { callHandler } from "./handlers.ts";
import { listedTypes } from "./item-types.ts";
import { summaryOf } from "./functions.ts";
import { exportedValue, runModule } from "./modules.ts";
import { configuredRoots, findRoots, overrideRoots } from "./roots.ts";
import type { Root } from "./root.ts";
import type { Summary } from "./summary.ts";
import { empty, strip } from "./summary.ts";
import { settleTimeouts } from "./timeouts.ts";
import { createUnit, functionInfo, placeOf } from "./unit.ts";
import type { Resolved, Unit } from "./unit.ts";
import { instanceValue } from "./classes.ts";
import type { Origin } from "./value.ts";
import type { SqlFacts, World } from "./world.ts";

export interface InterpretInput {
  readonly facts: readonly Facts[];
  readonly libraries: ReadonlyMap<string, Library>;
  /** Names that need no import. */
  readonly globals: Library | undefined;
  readonly resolve: (
    file: string,
    specifier: string,
  ) =>
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "package"; readonly name: string; readonly path: string }
    | { readonly kind: "unknown" };
  readonly resolvePattern: (file: string, prefix: string, suffix: string) => readonly string[];
  readonly sql: (text: string) => SqlFacts | undefined;
  readonly packageDir: (file: string) => string;
  /** Names of packages that the manifests above a folder depend on. */
  readonly dependencies: (packageDir: string) => ReadonlySet<string>;
  /** Further entries that the settings name: `file.ts` or `file.ts#function`. */
  readonly entryPoints: readonly string[];
  readonly onProgress?: (done: number, total: number) => void;
}

export function interpretProject(input: InterpretInput): Project {
  const world = createWorld(input);
  for (const unit of world.units)
    for (const facts of unit.facts.classes) if (facts.parent === 0) classRefOf(world, unit, facts.id, unit.env);
  for (const unit of world.units) runModule(world, unit);
  for (const unit of world.units) for (const ref of unit.classes.values()) basesOf(world, ref);
  let roots = runAll(world, input);
  for (let round = 0; round < 2 && forgetStale(world); round++) roots = runAll(world, input);
  return describe(world, roots);
}

interface RanRoot {
  readonly root: Root;
  readonly summaries: readonly Summary[];
  readonly before: readonly Summary[];
}

function createWorld(input: InterpretInput): World {
  const units = input.facts.map((facts, index) => createUnit(index, facts, input.packageDir(facts.file)));
  const unitOf = new Map(units.map((unit) => [unit.facts.file, unit]));
  const globals = new Map<string, { library: Library; spec: ExportSpec }>();
  if (input.globals !== undefined)
    for (const [name, spec] of Object.entries(input.globals.exports)) globals.set(name, { library: input.globals, spec });
  const conventions = new Map<string, { spec: FileConvention; library: Library }[]>();
  const all = [...new Set(input.libraries.values())].flatMap((library) => (library.files ?? []).map((spec) => ({ spec, library })));
  return {
    units,
    unitOf,
    libraries: input.libraries,
    globals,
    resolve: (unit, specifier): Resolved => {
      const found = input.resolve(unit.facts.file, specifier);
      if (found.kind === "package") return found;
      const target = found.kind === "file" ? unitOf.get(found.path) : undefined;
      return target === undefined ? { kind: "unknown" } : { kind: "unit", unit: target };
    },
    resolvePattern: (unit, prefix, suffix) =>
      input.resolvePattern(unit.facts.file, prefix, suffix).flatMap((path) => unitOf.get(path) ?? []),
    sql: input.sql,
    conventionsOf: (unit) => {
      let list = conventions.get(unit.packageDir);
      if (list === undefined) {
        const names = input.dependencies(unit.packageDir);
        const seen = new Set<FileConvention>();
        list = all.filter(({ spec }) => !seen.has(spec) && (seen.add(spec), spec.packages.some((name) => names.has(name))));
        conventions.set(unit.packageDir, list);
      }
      const path = unit.packageDir === "" ? unit.facts.file : unit.facts.file.slice(unit.packageDir.length + 1);
      return list.map((one) => ({ ...one, path }));
    },
    summaries: new Map(),
    previous: new Map(),
    operations: new Map(),
    registrations: [],
    failures: [],
    contexts: new Map(),
    contextSteps: new Map(),
    globalObject: { id: 0, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined },
    subclasses: new Map(),
    implementers: new Map(),
    classFields: new Map(),
    symbolNames: new Map(),
    stack: [],
    nextId: 1,
    steps: 0,
    budget: 500_000 + 600 * input.facts.reduce((sum, one) => sum + one.functions.length, 0),
  };
}

function runAll(world: World, input: InterpretInput): RanRoot[] {
  let ran = runRoots(world, input);
  runRest(world);
  // Functions that nothing calls may register routes too (`export function createApp()`).
  const count = world.registrations.length;
  if (count > ran.length) ran = runRoots(world, input);
  // What a project's own abstract base calls (tasks, processors, commands kept in registries) is entered through the base.
  return [...ran, ...overrideRoots(world, reachedFunctions(world, ran)).map((root) => runRoot(world, root))];
}

function runRoots(world: World, input: InterpretInput): RanRoot[] {
  const roots = [...findRoots(world), ...configuredRoots(world, input.entryPoints)];
  return roots.map((root, i) => {
    input.onProgress?.(i, roots.length);
    return runRoot(world, root);
  });
}

function runRoot(world: World, root: Root): RanRoot {
  const before = root.middlewares.flatMap((value) => callHandler(world, value, root.params, root.library, true));
  const summaries = root.handlers.flatMap((value) => callHandler(world, value, root.params, root.library, true));
  return { root, summaries, before };
}

/** Ids of the functions that some entry reaches. */
function reachedFunctions(world: World, ran: readonly RanRoot[]): ReadonlySet<string> {
  const calls = callsOf(world);
  const todo = ran.flatMap((one) => [...one.before, ...one.summaries]);
  const seen = new Set(todo);
  const out = new Set<string>();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    for (const id of next.executed) out.add(id);
    for (const below of calls.get(next) ?? []) {
      if (seen.has(below)) continue;
      seen.add(below);
      todo.push(below);
    }
  }
  return out;
}

/** Summaries that each summary calls. */
function callsOf(world: World): Map<Summary, Summary[]> {
  const calls = new Map<Summary, Summary[]>();
  for (const summary of world.summaries.values()) {
    for (const caller of summary.callers) {
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
  for (const summary of world.summaries.values()) for (const id of summary.executed) executed.add(id);
  for (const unit of world.units) {
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
            self: member.static ? { what: [{ kind: "class", ref }], deps: [] } : instanceValue(ref),
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
      for (const id of summary.executed) executed.add(id);
    }
  }
}

/** Drops summaries that saw something before it was complete, and everything that stands on them. */
function forgetStale(world: World): boolean {
  const stale: Summary[] = [];
  for (const summary of world.summaries.values()) {
    // Who met a cycle missed nothing when the function further out turned out to do nothing.
    if (!summary.dirty)
      for (const other of summary.waits)
        if (other.effects.length > 0 || other.returns.what.length > 0 || other.writesState || other.mutates.length > 0)
          summary.dirty = true;
    if (summary.dirty && summary.fn !== 0) stale.push(summary);
  }
  if (stale.length === 0) return false;
  const gone = new Set(stale);
  for (let next = stale.pop(); next !== undefined; next = stale.pop()) {
    for (const caller of next.callers) {
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
  for (const summary of world.summaries.values())
    for (const caller of summary.callers) if (gone.has(caller)) summary.callers.delete(caller);
  return true;
}

function describe(world: World, ran: readonly RanRoot[]): Project {
  settleTimeouts(world);
  const calls = callsOf(world);
  const reached = new Map<Summary, Set<Entry>>();
  const entries: Entry[] = [];
  const listed = ran.some((one) => one.root.perItem) ? listedTypes(world) : undefined;
  for (const one of ran) {
    if (one.summaries.length === 0) continue;
    const made = entryOf(one.root.name, one.root.kind, one.root, [...one.before, ...one.summaries], one.root.perItem);
    const entry = one.root.perItem && listed?.has(parentOf(one.root.name)) === true ? { ...made, listed: true } : made;
    entries.push(entry);
    spread([...one.before, ...one.summaries], entry, calls, reached);
  }
  const byFunction = new Map<string, Set<Entry>>();
  const calledBy = new Map<string, Set<string>>();
  for (const summary of world.summaries.values()) {
    const from = reached.get(summary);
    for (const id of summary.executed) {
      if (from !== undefined) {
        const set = byFunction.get(id) ?? new Set<Entry>();
        for (const entry of from) set.add(entry);
        byFunction.set(id, set);
      }
      for (const caller of summary.callers) {
        const set = calledBy.get(id) ?? new Set<string>();
        set.add(functionInfo(caller.unit, caller.fn).symbol);
        calledBy.set(id, set);
      }
    }
  }
  const live = [...world.summaries.values()];
  // Where a function was seen through real entries, only those ways of calling it count.
  const counted = live.filter((summary) => reached.has(summary) || ![...summary.executed].some((id) => byFunction.has(id)));
  return {
    entries,
    functions: exportedFunctions(world, byFunction),
    operations: [...world.operations.values()].filter((operation) => operation.parent === undefined),
    looped: counted.flatMap((summary) => summary.looped.map((one) => withCallers(one, summary))),
    awaits: counted.flatMap((summary) => summary.awaits),
    transactions: counted.flatMap((summary) => summary.transactions),
    repeats: counted.flatMap((summary) => summary.repeats),
    failures: world.failures,
    routesReaching: (fn: FunctionInfo) => [...(byFunction.get(fn.id) ?? [])],
    callersOf: (fn: FunctionInfo) => [...(calledBy.get(fn.id) ?? [])],
    nameOfSymbol: (symbol: string) => symbol.replace(/@.*$/, ""),
  };
}

/** A loop over a parameter that every caller fills with few elements is no loop. */
function withCallers(one: LoopedOperation & { readonly loopSymbol: string | undefined }, summary: Summary): LoopedOperation {
  const match = one.loopSymbol === undefined ? null : /^\$(\d+)$/.exec(one.loopSymbol);
  if (match === null) return one;
  const size = summary.argSizes.get(Number(match[1]));
  if (size !== undefined && size !== "unknown" && size.max !== undefined) (one as { callerMax: number | undefined }).callerMax = size.max;
  return one;
}

function spread(
  from: readonly Summary[],
  entry: Entry,
  calls: ReadonlyMap<Summary, readonly Summary[]>,
  reached: Map<Summary, Set<Entry>>,
): void {
  const todo = [...from];
  const seen = new Set(todo);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const set = reached.get(next);
    if (set === undefined) reached.set(next, new Set([entry]));
    else set.add(entry);
    for (const below of calls.get(next) ?? []) {
      if (seen.has(below)) continue;
      seen.add(below);
      todo.push(below);
    }
  }
}

function entryOf(
  name: string,
  kind: string,
  at: Pick<Root, "unit" | "node" | "fn">,
  summaries: readonly Summary[],
  perItem: boolean,
): Entry {
  let cost: Cost = free;
  const unknown = new Set<string>();
  const operations: ReachedOperation[] = [];
  for (const summary of summaries) {
    cost = inSequence(cost, inSequence(summary.cost, summary.gathered));
    for (const one of summary.unknown) unknown.add(one);
    for (const effect of summary.effects)
      operations.push({
        operation: effect.operation,
        path: pathOf(effect),
        conditional: effect.conditional,
        memoized: effect.memoized || effect.once,
      });
  }
  return { name, kind, place: placeOf(at.unit, at.node, at.fn), cost, unknown: [...unknown].sort(), operations, perItem };
}

/** `resolver Post.author`: Post. */
function parentOf(name: string): string {
  return /^\w+ (\w+)\./.exec(name)?.[1] ?? "";
}

function exportedFunctions(world: World, reached: ReadonlyMap<string, unknown>): Entry[] {
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

export type { Failure, Unit };
