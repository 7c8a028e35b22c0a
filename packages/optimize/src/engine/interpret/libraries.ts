/** Calls into declared libraries: effects, lazy builders, callbacks, registrations, results. */
import type { Expression } from "../../model/facts.ts";
import type { EffectKind, EffectSpec, Where } from "../../model/effect.ts";
import type { CallbackSpec, Library, MethodSpec, ResultSpec } from "../../model/library.ts";
import { free } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { callFunctions, escapes, later } from "./calls.ts";
import { propertyOf } from "./classes.ts";
import { none, union } from "./deps.ts";
import type { Deps } from "./deps.ts";
import { perform } from "./emit.ts";
import { sizeOf } from "./expressions.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import { tableName } from "./members.ts";
import type { Operation } from "./operation.ts";
import { register } from "./registrations.ts";
import { askedKey, noteRead } from "./repeats.ts";
import { sqlText, urlText } from "./texts.ts";
import { nameOf } from "./unit.ts";
import type { Origin, Pending, Value } from "./value.ts";
import { arrayIn, arrayOf, awaited, constantOf, join, newHeap, promiseOf, scalar, undefinedValue, unknown, valueOf, withDeps } from "./value.ts";
import { moduleValue } from "./modules.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;
type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

export function invoke(act: Activation, method: MethodOrigin, args: readonly Value[], e: Expression, receiver: Value): Value {
  const { spec, library } = method;
  const origin = method.receiver?.kind === "library" ? method.receiver : undefined;
  const table = spec.table === undefined ? origin?.table : (tableName(act, at(args, spec.table)) ?? origin?.table);
  const deps = union(depsOfAll(args), receiver.deps);
  for (const arg of args) escapes(act, arg, e);
  if (spec.wraps !== undefined && args[spec.wraps] !== undefined) return args[spec.wraps] as Value;
  const pending = pendingAfter(act, method, origin, args, e, deps, table);
  let operation: Operation | undefined;
  if (spec.effect !== undefined && !(origin !== undefined && library.types[origin.type]?.collects === true)) {
    operation = effectOf(act, library, spec.effect, method.name, table, args, e, deps, {});
  } else if (spec.runs === true && pending !== undefined) operation = runNow(act, pending, e);
  if (operation !== undefined && operation.kind === "db-read") {
    noteRead(act, askedKey(`${library.id}.${operation.table ?? ""}.${method.name}`, args), { operation, deps, values: none, via: undefined, next: undefined, depth: 0, conditional: false, memoized: false, looped: false, inTransaction: false }, e);
  }
  const results = runCallbacks(act, spec, library, args, e, origin, table, receiver);
  if (spec.registers !== undefined) register(act, method, args, e, origin);
  let out: Value;
  if (spec.imports !== undefined) out = importNow(act, args, spec.imports, e, receiver);
  else if (spec.sets !== undefined && spec.runs !== true && origin !== undefined && (spec.returns === undefined || spec.returns === "same")) out = valueOf({ ...origin, table, pending }, deps);
  else out = resultValue(act, spec.returns, { library, origin, table, operation, args, receiver, deps, results, site: `${act.unit.index}:${e.at}`, pending, method: method.name, e });
  if (operation !== undefined || spec.promise === true) {
    const token = act.result();
    out = withDeps(out, union(deps, token), `io${String(token[0])}`);
  } else out = withDeps(out, deps);
  return spec.promise === true ? promiseOf(out) : out;
}

export function at(args: readonly Value[], where: Where | undefined): Value | undefined {
  if (where === undefined) return undefined;
  const value = args[where.arg];
  return where.property === undefined ? value : propertyOf(value, where.property);
}

function depsOfAll(args: readonly Value[]): Deps {
  let out = none;
  for (const arg of args) out = union(out, arg.deps);
  return out;
}

function pendingAfter(act: Activation, method: MethodOrigin, origin: LibraryOrigin | undefined, args: readonly Value[], e: Expression, deps: Deps, table: string | undefined): Pending | undefined {
  if (origin === undefined) return undefined;
  const lazy = origin.library.types[origin.type]?.lazy;
  const before = origin.pending;
  if (before === undefined && lazy === undefined) return undefined;
  const base: Pending = before ?? { spec: lazy as EffectSpec, limited: false, table, deps: none, at: e.at, unit: act.unit, library: origin.library.id, method: method.name, argsKey: undefined };
  const sets = method.spec.sets;
  const { limited, ...changes } = sets ?? {};
  return { ...base, spec: { ...base.spec, ...changes }, limited: base.limited || limited === true || isLimited(base.spec, args), table: table ?? base.table, deps: union(base.deps, deps), at: base.at };
}

function runNow(act: Activation, pending: Pending, e: Expression): Operation {
  const operation = operationFor(act, { id: pending.library } as Library, pending.spec, pending.method, pending.table, { at: e.at, end: e.end }, { limited: pending.limited });
  perform(act, operation, pending.deps, pending.deps, e);
  return operation;
}

/** Awaiting a builder runs it. */
export function runPending(act: Activation, value: Value, e: Expression): Value {
  let out: Value | undefined;
  let ran = false;
  for (const origin of value.what) {
    if (origin.kind !== "library") {
      const kept: Value = { what: [origin], deps: value.deps, key: value.key };
      out = out === undefined ? kept : join(out, kept);
      continue;
    }
    const lazy = origin.library.types[origin.type]?.lazy;
    if (lazy === undefined) {
      const kept: Value = { what: [origin], deps: value.deps, key: value.key };
      out = out === undefined ? kept : join(out, kept);
      continue;
    }
    ran = true;
    const pending: Pending = origin.pending ?? { spec: lazy, limited: false, table: origin.table, deps: value.deps, at: e.at, unit: act.unit, library: origin.library.id, method: origin.type, argsKey: undefined };
    const operation = runNow(act, { ...pending, deps: union(pending.deps, value.deps) }, e);
    const result = pending.spec.list === true && pending.spec.count !== true ? rowsValue(act, origin, pending.table, operation, value.deps, pending.limited) : pending.spec.count === true ? scalar(`count:${operation.id}`, value.deps) : valueOf({ kind: "row", table: pending.table, operation }, value.deps);
    out = out === undefined ? result : join(out, result);
  }
  if (!ran) return value;
  const token = act.result();
  return withDeps(out ?? unknown, union(value.deps, token), `io${String(token[0])}`);
}

function isLimited(spec: EffectSpec, args: readonly Value[]): boolean {
  return (spec.limit ?? []).some((where) => {
    const value = at(args, where);
    return value !== undefined && !(constantOf(value) !== undefined && constantOf(value)?.value === undefined);
  });
}

interface Extra {
  readonly limited?: boolean;
}

/** The effect of one call, its kind decided by SQL text or HTTP method where they say. */
function effectOf(act: Activation, library: Library, spec: EffectSpec, method: string, table: string | undefined, args: readonly Value[], e: Expression, deps: Deps, extra: Extra): Operation | undefined {
  let { kind } = spec;
  let name = spec.table === undefined ? table : (tableName(act, at(args, spec.table)) ?? table);
  let limited = extra.limited === true || isLimited(spec, args);
  let byList = (spec.filter ?? []).some((where) => hasList(at(args, where), 0));
  let sql: string | undefined;
  let list = spec.list;
  if (spec.sql !== undefined) {
    sql = sqlText(act, args, spec.sql, e);
    const facts = sql === undefined ? undefined : act.world.sql(sql);
    if (facts !== undefined) {
      if (facts.action === "transaction") {
        perform(act, operationFor(act, library, { kind, transaction: /^\s*(begin|start)/i.test(sql ?? "") ? "begin" : "commit" }, method, name, e, {}), deps, none, e);
        return undefined;
      }
      kind = facts.action === "read" ? "db-read" : "db-write";
      name = facts.tables[0] ?? name;
      limited ||= facts.limited;
      byList ||= facts.byList;
      if (kind === "db-read") list = !facts.single && spec.list !== false;
    }
  }
  if (spec.method !== undefined) {
    const verb = constantOf(at(args, spec.method) ?? undefinedValue)?.value;
    const options = args[spec.method.arg];
    const given = at(args, spec.method);
    if (typeof verb === "string") kind = /^(get|head)$/i.test(verb) ? "http-read" : "http-write";
    // Options that nobody can see into may hold any method.
    else if (given === undefined ? options !== undefined && !isPlainObject(options) : given.what.length === 0 || given.what.some((one) => one.kind !== "const")) kind = "http-write";
  }
  const timeout = spec.timeout === undefined || spec.timeout.some((where) => mayHave(args, where));
  const url = spec.url === undefined ? undefined : urlText(act, args, spec.url, e);
  const operation = operationFor(act, library, { ...spec, kind, ...(list === undefined ? {} : { list }) }, method, name, e, { limited, byList, sql, timeout, url });
  const serialised = (spec.within ?? []).some((where) => at(args, where) !== undefined);
  if (serialised) for (const capture of act.captures) capture.serialised = true;
  perform(act, operation, deps, writtenDeps(spec, args, deps), e);
  return operation;
}

function isPlainObject(value: Value): boolean {
  return value.what.length > 0 && value.what.every((origin) => (origin.kind === "object" && origin.object.literal && origin.object.rest === undefined) || (origin.kind === "const" && origin.value === undefined));
}

/** A time-out is there, or may be there in options that cannot be seen. */
function mayHave(args: readonly Value[], where: Where): boolean {
  const value = args[where.arg];
  if (value === undefined) return false;
  if (where.property === undefined) return true;
  if (at(args, where) !== undefined) return true;
  return !isPlainObject(value);
}

/** What the written values (not the filter) depend on. */
function writtenDeps(spec: EffectSpec, args: readonly Value[], deps: Deps): Deps {
  if (!spec.kind.endsWith("write") || spec.filter === undefined) return deps;
  let out = none;
  for (const [i, arg] of args.entries()) {
    const filters = spec.filter.filter((where) => where.arg === i);
    if (filters.some((where) => where.property === undefined)) continue;
    if (filters.length === 0) {
      out = union(out, arg.deps);
      continue;
    }
    for (const origin of arg.what) {
      if (origin.kind !== "object") return deps;
      for (const [name, value] of origin.object.props) if (!filters.some((where) => where.property?.split(".")[0] === name)) out = union(out, value.deps);
    }
  }
  return out;
}

/** A filter by many keys: one statement for many rows. */
function hasList(value: Value | undefined, depth: number): boolean {
  if (value === undefined || depth > 3) return false;
  for (const origin of value.what) {
    if (origin.kind === "array" && depth > 0) return true;
    if (origin.kind === "object") {
      for (const [name, inner] of origin.object.props) if (/^(_|\$)?(in|inArray|any)$/i.test(name) || hasList(inner, depth + 1)) return true;
      if (origin.object.rest !== undefined && hasList(origin.object.rest, depth + 1)) return true;
    }
  }
  return false;
}

interface OperationExtra {
  readonly limited?: boolean;
  readonly byList?: boolean;
  readonly sql?: string | undefined;
  readonly timeout?: boolean;
  readonly url?: string | undefined;
}

function operationFor(act: Activation, library: Library, spec: EffectSpec, method: string, table: string | undefined, node: { readonly at: number; readonly end: number }, extra: OperationExtra): Operation {
  const id = `${act.unit.facts.file}:${node.at}:${spec.kind}:${table ?? ""}`;
  const known = act.world.operations.get(id);
  if (known !== undefined) {
    // Seen with a limit or time-out once and without another time: the weaker statement stays.
    return known;
  }
  const operation: Operation = {
    id, kind: spec.kind as EffectKind, spec, library: library.id, method, table, place: act.place(node),
    limited: extra.limited ?? false, timeout: extra.timeout ?? true, sql: extra.sql, url: extra.url, uses: new Map(), byList: (extra.byList ?? false) || spec.bulk === true,
  };
  act.world.operations.set(id, operation);
  return operation;
}

/** Runs the functions among the arguments as the library does. */
function runCallbacks(act: Activation, spec: MethodSpec, library: Library, args: readonly Value[], e: Expression, origin: LibraryOrigin | undefined, table: string | undefined, receiver: Value): Value | undefined {
  let result: Value | undefined;
  const declared = spec.callbacks ?? [];
  for (const callback of declared) {
    const target = callback.property === undefined ? args[callback.arg] : propertyOf(args[callback.arg], callback.property);
    if (target === undefined) continue;
    const value = runCallback(act, spec, callback, target, library, args, e, origin, table, receiver);
    if (value !== undefined) result = result === undefined ? value : join(result, value);
  }
  if (declared.length === 0 && spec.registers === undefined) {
    for (const arg of args) for (const one of arg.what) if (one.kind === "closure") later(act, one, e);
  }
  return result;
}

function runCallback(act: Activation, spec: MethodSpec, callback: CallbackSpec, target: Value, library: Library, args: readonly Value[], e: Expression, origin: LibraryOrigin | undefined, table: string | undefined, receiver: Value): Value | undefined {
  const parameters = (element: Value): Value[] => (callback.params ?? ["element"]).map((param) => {
    if (param === "element") return element;
    if (param === "chunk") return arrayOf(element, {});
    if (param === "index") return scalar("number", element.deps);
    const value = resultValue(act, param, { library, origin, table, operation: undefined, args, receiver, deps: element.deps, results: undefined, site: `${act.unit.index}:${e.at}`, pending: undefined, method: "callback", e });
    return withDeps(value, element.deps);
  });
  switch (callback.runs) {
    case "later":
      for (const one of target.what) if (one.kind === "closure") later(act, one, e);
      return undefined;
    case "transaction": {
      const before = act.transaction;
      act.transaction = before ?? act.place(e);
      const { awaiting } = act;
      act.awaiting = Math.max(1, awaiting);
      const value = callFunctions(act, target, parameters(unknown), e);
      act.awaiting = awaiting;
      act.transaction = before;
      return value === undefined ? undefined : awaited(value);
    }
    case "cached": {
      act.memo++;
      const value = callFunctions(act, target, parameters(unknown), e);
      act.memo--;
      return value;
    }
    case "each":
    case "batches": {
      const list = callback.over === undefined ? undefined : callback.over < 0 ? receiver : args[callback.over];
      const array = list === undefined ? undefined : awaited(list);
      const before = act.cost;
      act.cost = free;
      const call = e.kind === "call" ? e : undefined;
      const words = nameOf(callback.over === undefined || callback.over < 0 ? (call?.callee.kind === "member" ? call.callee.object : undefined) : call?.args[callback.over]?.value);
      const frame = openLoop(act, { node: e, form: "callback", method: origin?.type ?? "each", list: array, words, mode: modeOf(spec, args, origin), chunks: callback.runs === "batches" });
      const value = callFunctions(act, target, parameters(elementOf(act, array, frame, array?.deps ?? none)), e);
      closeLoop(act, frame, before);
      return value === undefined ? undefined : awaited(value);
    }
    default: {
      const value = callFunctions(act, target, parameters(unknown), e);
      return value === undefined ? undefined : awaited(value);
    }
  }
}

function modeOf(spec: MethodSpec, args: readonly Value[], origin: LibraryOrigin | undefined): "sequential" | "parallel" | "limited" {
  const { concurrency } = spec;
  if (concurrency === "one" || concurrency === undefined) return origin?.limit === "all" ? "parallel" : "sequential";
  if (concurrency === "all") return "parallel";
  if (concurrency === "limited") return "limited";
  const value = at(args, concurrency);
  return value === undefined || (value.what.length === 1 && constantOf(value) !== undefined && constantOf(value)?.value === undefined) ? "parallel" : "limited";
}

interface ResultContext {
  readonly library: Library;
  readonly origin: LibraryOrigin | undefined;
  readonly table: string | undefined;
  readonly operation: Operation | undefined;
  readonly args: readonly Value[];
  readonly receiver: Value;
  readonly deps: Deps;
  readonly results: Value | undefined;
  readonly site: string;
  readonly pending: Pending | undefined;
  readonly method: string;
  readonly e: Expression;
}

function resultValue(act: Activation, spec: ResultSpec | undefined, context: ResultContext): Value {
  const { operation, origin } = context;
  if (operation?.spec.count === true && (spec === undefined || spec === "value")) return scalar(`count:${operation.id}`);
  switch (spec) {
    case undefined:
    case "value":
      return unknown;
    case "void":
      return undefinedValue;
    case "same":
      return origin === undefined ? context.receiver : valueOf({ ...origin, table: context.table, pending: context.pending ?? origin.pending });
    case "rows":
      return rowsValue(act, origin, context.table, operation, context.deps, operation?.limited === true);
    case "row":
      return valueOf({ kind: "row", table: operation?.table ?? context.table, operation });
    case "callback":
      return context.results ?? unknown;
    case "list-of-callback":
      return arrayOf(context.results ?? unknown, sizeOf(context.args[0] ?? unknown));
    default:
  }
  if ("instanceOf" in spec) {
    for (const one of context.args[spec.instanceOf]?.what ?? []) if (one.kind === "class") return valueOf({ kind: "instance", ref: one.ref });
    return unknown;
  }
  if ("argument" in spec) return context.args[spec.argument] ?? unknown;
  if ("properties" in spec) {
    const object = newHeap(act.world, false);
    for (const [name, inner] of Object.entries(spec.properties)) object.props.set(name, resultValue(act, inner, context));
    return valueOf({ kind: "object", object });
  }
  if ("tuple" in spec) {
    const elements = spec.tuple.map((inner) => resultValue(act, inner, context));
    return valueOf({ kind: "array", element: elements[0] ?? unknown, elements, size: { exact: elements.length, max: elements.length } });
  }
  const table = spec.table === "receiver" || spec.table === undefined ? (operation?.table ?? context.table) : (tableName(act, at(context.args, spec.table)) ?? context.table);
  const made = valueOf({ kind: "library", library: context.library, type: spec.type, table, site: context.site, pending: context.library.types[spec.type]?.lazy === undefined ? undefined : firstPending(act, context, spec.type, table) });
  return spec.list === true ? { what: [{ kind: "array", element: made, size: sizeFor(act, operation, table, context.e.at), rows: operation }], deps: none } : made;
}

function firstPending(act: Activation, context: ResultContext, type: string, table: string | undefined): Pending | undefined {
  const lazy = context.library.types[type]?.lazy;
  if (lazy === undefined) return undefined;
  const base = context.pending?.spec;
  // A builder that becomes another builder keeps what was said so far.
  return { spec: base === undefined ? lazy : { ...lazy, ...base, kind: base.kind }, limited: context.pending?.limited ?? false, table: table ?? context.pending?.table, deps: union(context.pending?.deps ?? none, context.deps), at: context.e.at, unit: act.unit, library: context.library.id, method: context.method, argsKey: undefined };
}

function sizeFor(act: Activation, operation: Operation | undefined, table: string | undefined, position: number): { symbol: string } {
  const name = operation?.table ?? table ?? "rows";
  return { symbol: `${name}@${act.unit.index}:${position}` };
}

function rowsValue(act: Activation, origin: LibraryOrigin | undefined, table: string | undefined, operation: Operation | undefined, deps: Deps, limited: boolean): Value {
  void limited;
  void origin;
  const row: Value = { what: [{ kind: "row", table: operation?.table ?? table, operation }], deps };
  return { what: [{ kind: "array", element: row, size: sizeFor(act, operation, table, operation?.place.at ?? 0), rows: operation }], deps };
}

/** `new Client(options)`. */
export function constructLibrary(act: Activation, origin: Extract<Origin, { kind: "export" | "library" }>, args: readonly Value[], e: Expression): Value | undefined {
  const { library } = origin;
  const type = origin.kind === "export" ? (origin.spec.class ?? origin.spec.value) : origin.type;
  if (type === undefined) return undefined;
  const spec = library.types[type]?.construct;
  const self: LibraryOrigin = { kind: "library", library, type, table: origin.kind === "library" ? origin.table : undefined, site: `${act.unit.index}:${e.at}` };
  if (spec === undefined) {
    for (const arg of args) for (const one of arg.what) if (one.kind === "closure") later(act, one, e);
    return valueOf(self, depsOfAll(args));
  }
  const made = invoke(act, { kind: "library-method", library, spec, receiver: self, name: `new ${type}` }, args, e, unknown);
  const returns = spec.returns;
  return returns === undefined || returns === "same" ? valueOf({ ...self, table: spec.table === undefined ? self.table : tableName(act, at(args, spec.table)) }, made.deps) : made;
}

/** `sequelize.import(path)`: the module's function is called with the client. */
function importNow(act: Activation, args: readonly Value[], where: Where, e: Expression, receiver: Value): Value {
  const path = constantOf(at(args, where) ?? unknown)?.value;
  const loaded = typeof path === "string" ? moduleValue(act.world, act.unit, path, true) : unknown;
  return callFunctions(act, loaded, [receiver, unknown], e) ?? unknown;
}

void arrayIn;
