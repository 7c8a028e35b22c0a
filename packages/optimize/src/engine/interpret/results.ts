/** What calls of libraries give back. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Library, ResultSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { none } from "./deps.ts";
import type { Deps } from "./deps.ts";
import type { Draft } from "./drafts.ts";
import { at, firstDraft } from "./drafts.ts";
import { sizeOf } from "./literals.ts";
import type { Operation } from "./operation.ts";
import { plainState } from "./row-state.ts";
import { modelsOf } from "./schema.ts";
import { chosenModel } from "./schema-targets.ts";
import { tableName } from "./tables.ts";
import type { Origin, Size, Value } from "./value.ts";
import { arrayIn, arrayOf, newHeap, scalar, undefinedValue, unknown, unknownFrom, valueOf } from "./value.ts";
import { joinAll, join } from "./joins.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

export interface ResultContext {
  readonly library: Library;
  readonly origin: LibraryOrigin | undefined;
  readonly table: string | undefined;
  readonly operation: Operation | undefined;
  readonly args: readonly Value[];
  readonly receiver: Value;
  readonly deps: Deps;
  /** What the callbacks gave. */
  readonly results: Value | undefined;
  readonly site: string;
  /** What the builder says so far. */
  readonly draft: Draft | undefined;
  readonly method: string;
  readonly e: Expression;
  /** Rows at most, when a constant limit was seen. */
  readonly most: number | undefined;
  /** The call reads from what the receiver's last statement gave. */
  readonly fetches?: boolean | undefined;
}

export function resultValue(act: Activation, spec: ResultSpec | undefined, context: ResultContext): Value {
  const { operation, origin } = context;
  if (operation?.spec.count === true && (spec === undefined || spec === "value")) return scalar(`count:${operation.id}`);
  switch (spec) {
    case undefined:
    case "value":
      return unknown;
    case "void":
      return undefinedValue;
    case "same":
      return origin === undefined ? context.receiver : valueOf({ ...origin, table: context.table, draft: context.draft ?? origin.draft });
    case "narrowed":
      return origin === undefined ? context.receiver : valueOf({ ...origin, narrowed: true });
    case "rows":
      return there(act, rowsValue(act, context.table, operation, context.deps, context.most), context.e);
    case "row":
      return valueOf({ kind: "row", table: operation?.table ?? context.table, operation });
    case "callback":
      return context.results ?? unknown;
    case "list-of-callback":
      return arrayOf(context.results ?? unknown, sizeOf(context.args[0] ?? unknown));
    default:
  }
  if ("instanceOf" in spec) return instanceAt(act, spec, context);
  if ("chunksOf" in spec) return chunksOf(context.args[spec.chunksOf] ?? unknown, context);
  if ("merged" in spec) return joinAll(context.args);
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
  if ("model" in spec) return chosenModel(act.world, context.library, { args: context.args, receiver: origin }, spec);
  const holds = context.library.types[spec.type]?.holds;
  if (operation?.spec.values === true && (spec.type === context.library.models?.row || holds === "row"))
    return spec.list === true
      ? rowsValue(act, context.table, operation, none, context.most)
      : valueOf({ kind: "row", table: operation.table, operation });
  const asked = { args: context.args, receiver: origin };
  const named =
    spec.table === "receiver" || spec.table === undefined
      ? (operation?.table ?? context.table)
      : (tableName(act.world, at(asked, spec.table)) ?? context.table);
  const lazy = context.library.types[spec.type]?.lazy;
  const draft =
    lazy === undefined
      ? undefined
      : (context.draft ??
        firstDraft(act, context.library, lazy, context.method, named, {
          args: context.args,
          receiver: origin,
          e: context.e,
          deps: context.deps,
          member: context.method,
        }));
  // What stages write goes elsewhere than where they begin, and a relation leads to another table than that of its row.
  const elsewhere =
    draft !== undefined && ((draft.spec.stages !== undefined && draft.spec.kind === "db-write") || draft.relationPath !== undefined);
  const table = elsewhere ? draft.table : named;
  const made = valueOf({
    kind: "library",
    library: context.library,
    type: spec.type,
    table,
    // What is read from the result of a statement is still that statement's.
    site: context.fetches === true && origin !== undefined ? origin.site : context.site,
    ...modelAt(act, spec, context, table),
    made: madeBy(context),
    draft: draft === undefined ? undefined : { ...draft, table: table ?? draft.table },
  });
  if (spec.list !== true) return made;
  const size = sizeFor(act, operation, table, context.e.at, context.most);
  return there(act, arrayOf(made, size, none, operation), context.e);
}

/** The list that a query gives is there, unless the call may be skipped: `client?.orders.findMany()`. Python takes an empty one for no. */
function there(act: Activation, value: Value, e: Expression): Value {
  if (act.unit.facts.language === "python") return value;
  for (let one: Expression = e; one.kind === "call" || one.kind === "member" || one.kind === "await";) {
    if (one.kind !== "await" && one.optional) return value;
    one = one.kind === "call" ? one.callee : one.kind === "member" ? one.object : one.value;
  }
  return { ...value, what: value.what.map((origin) => (origin.kind === "array" ? { ...origin, there: true } : origin)) };
}

/** The model of the rows: the class that the call names, else the receiver's. */
function modelAt(
  act: Activation,
  spec: Extract<ResultSpec, { readonly type: string }>,
  context: ResultContext,
  table: string | undefined,
): Pick<LibraryOrigin, "model" | "state"> {
  if (typeof spec.table === "object" && context.library.models !== undefined)
    for (const one of at({ args: context.args, receiver: context.origin }, spec.table)?.what ?? []) {
      if (one.kind === "class" && modelsOf(act.world, one.ref) !== undefined) return { model: one.ref, state: plainState };
      if (one.kind === "library" && one.model !== undefined) return { model: one.model, state: plainState };
    }
  return { model: table === context.table ? context.origin?.model : undefined };
}

function instanceAt(act: Activation, spec: Extract<ResultSpec, { readonly instanceOf: unknown }>, context: ResultContext): Value {
  if (spec.instanceOf === "receiver") {
    for (const one of context.receiver.what) if (one.kind === "class") return valueOf({ kind: "instance", ref: one.ref });
    const ref = context.origin?.model;
    return ref === undefined ? unknown : valueOf({ kind: "instance", ref });
  }
  const where = typeof spec.instanceOf === "number" ? { arg: spec.instanceOf } : spec.instanceOf;
  for (const one of at({ args: context.args, receiver: context.origin }, where)?.what ?? []) {
    if (one.kind === "class") return valueOf({ kind: "instance", ref: one.ref });
    if (one.kind === "export" && one.spec.class !== undefined)
      return valueOf({ kind: "library", library: one.library, type: one.spec.class, table: undefined, site: context.site });
  }
  return spec.otherwise === undefined ? unknown : resultValue(act, spec.otherwise, context);
}

function chunksOf(list: Value, context: ResultContext): Value {
  const whole = arrayIn(list);
  const chunk: Value = {
    what: [{ kind: "array", element: whole?.element ?? unknownFrom(list.deps), size: {}, rows: whole?.rows, picked: true, chunk: true }],
    deps: list.deps,
  };
  return { what: [{ kind: "array", element: chunk, size: { symbol: `chunks@${context.site}` } }], deps: list.deps };
}

/** With what an instance was made: the call's arguments; a client that another one gives (`base.extend(options)`) keeps what that one had. */
function madeBy({ library, args, origin }: ResultContext): readonly Value[] {
  const before = origin?.library === library ? origin.made : undefined;
  const whole = args[0];
  if (before?.[0] === undefined || whole === undefined) return args.length === 0 ? (before ?? args) : args;
  return [join(whole, before[0]), ...args.slice(1)];
}

function sizeFor(
  act: Activation,
  operation: Operation | undefined,
  table: string | undefined,
  position: number,
  most: number | undefined,
): Size {
  const name = lowered(operation?.table ?? table ?? "rows");
  // A page of them is no more than there are.
  const shown = most === undefined || most < 1 ? name : `min(${String(most)}, ${name})`;
  return { symbol: `${shown}@${act.unit.index}:${position}`, max: most };
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function rowsValue(
  act: Activation,
  table: string | undefined,
  operation: Operation | undefined,
  deps: Deps,
  most: number | undefined,
): Value {
  // One row that holds the count: reading it is no use of rows.
  if (operation?.spec.count === true)
    return arrayOf(valueOf({ kind: "row", table: operation.table ?? table, operation }, deps), { exact: 1, max: 1 }, deps);
  const row: Value = { what: [{ kind: "row", table: operation?.table ?? table, operation }], deps, key: undefined };
  return {
    what: [{ kind: "array", element: row, size: sizeFor(act, operation, table, operation?.place.at ?? 0, most), rows: operation }],
    deps,
  };
}

/** What a builder answers when nothing else says it. */
export function answerOf(origin: LibraryOrigin | undefined, draft: Draft): ResultSpec {
  const gives = origin === undefined ? undefined : origin.library.types[origin.type]?.gives;
  if (gives !== undefined) return gives;
  return draft.spec.count === true ? "value" : draft.spec.list === true ? "rows" : draft.spec.kind.endsWith("write") ? "value" : "row";
}
