/** What a function is called with, as far as it changes what the function does: the key of its summaries. */
import type { FunctionFacts } from "../../model/facts.ts";
import type { Deps } from "./deps.ts";
import { none } from "./deps.ts";
import { decides } from "./decisions.ts";
import type { Owner } from "./environment.ts";
import { isRouter } from "./own-routers.ts";
import { namedOf } from "./python.ts";
import { withoutQuery } from "./row-origins.ts";
import { rowsKey } from "./row-joins.ts";
import type { Origin, Size, Value } from "./value.ts";

const nothing: readonly Origin[] = [];

type Closure = Extract<Origin, { kind: "closure" }>;

/** A function value that closes over variables of the running activation means something only inside it; what was made elsewhere is settled. */
export function needsInline(act: Owner, values: Iterable<Value>, depth = 0): boolean {
  for (const value of values) if (value.what.length > 0 && closesOver(act, value, depth)) return true;
  return false;
}

function closesOver(act: Owner, value: Value, depth: number): boolean {
  for (let i = 0; i < value.what.length; i++) {
    const origin = value.what[i] as Origin;
    switch (origin.kind) {
      case "closure":
        if (origin.env !== origin.unit.env && origin.env.owner === act) return true;
        if (
          origin.self !== undefined &&
          depth < 2 &&
          origin.self.what.some((one) => one.kind === "object" && !one.object.persistent && depth === 0)
        )
          return true;
        break;
      case "bound":
        return true;
      case "wrapped":
        if (closesOver(act, origin.inner, depth + 1)) return true;
        break;
      case "object":
        if (!origin.object.persistent && depth < 2 && needsInline(act, origin.object.props.values(), depth + 1)) return true;
        break;
      case "array":
        if (depth < 2 && needsInline(act, origin.elements ?? [origin.element], depth + 1)) return true;
        break;
      default:
    }
  }
  return false;
}

/** A value as the callee sees it: the same origins, all depending on one parameter. */
export function contextual(value: Value, deps: Deps, depth = 0): Value {
  if (depth > 3 || value.what.length === 0) return { what: nothing, deps, key: undefined };
  return { what: value.what.map((origin) => contextualOrigin(origin, deps, depth)), deps, key: undefined };
}

function contextualOrigin(origin: Origin, deps: Deps, depth: number): Origin {
  switch (origin.kind) {
    case "array":
      return {
        kind: "array",
        element: contextual(origin.element, deps, depth + 1),
        size: unsized,
        chunk: origin.chunk,
        there: origin.there,
        elements:
          origin.elements !== undefined && origin.elements.length <= 4
            ? origin.elements.map((one) => contextual(one, deps, depth + 1))
            : undefined,
      };
    case "instance": {
      const { given } = origin;
      if (given === undefined) return origin;
      return { ...origin, given: new Map([...given].map(([name, value]) => [name, contextual(value, deps, depth + 1)])) };
    }
    case "map":
      return { kind: "map", value: contextual(origin.value, deps, depth + 1), size: unsized };
    case "promise":
      return { kind: "promise", value: contextual(origin.value, deps, depth + 1) };
    case "object": {
      if (origin.object.persistent) return origin;
      const props = new Map([...origin.object.props].map(([name, inner]) => [name, contextual(inner, deps, depth + 1)]));
      return { kind: "object", object: { ...origin.object, readers: undefined, props } };
    }
    case "library": {
      const { draft, owner } = origin;
      if (draft === undefined && owner === undefined) return depth === 0 ? withoutQuery(origin) : origin;
      return {
        ...origin,
        draft: draft === undefined ? undefined : { ...draft, asked: undefined, deps, values: deps, which: none, given: none, named: none },
        owner: owner === undefined ? undefined : { ...owner, value: contextual(owner.value, deps, depth + 1) },
      };
    }
    case "scalar":
      if (origin.type.includes(":")) return { kind: "scalar", type: "number" };
      return origin.from === undefined ? origin : { kind: "scalar", type: origin.type };
    default:
      return origin;
  }
}

const unsized: Size = {};

/** With more arguments their constants are data and no options. */
const maxRest = 8;

export function argumentsKey(target: Closure, fn: FunctionFacts, args: readonly Value[] | undefined): string {
  const self = `${target.env === target.unit.env ? "" : `@${target.env.id}`}${target.self === undefined ? "" : keyOf(target.self, false, 0)}`;
  if (args === undefined) return `${self}|*`;
  const wanted = decides(target.unit, fn);
  // What a rest parameter takes is told apart by position: wrappers pick from it by index and length.
  const { params } = fn;
  let out = `${self}|`;
  for (let i = 0; i < params.length; i++) {
    const arg = args[i];
    if (i > 0) out += ",";
    out += arg === undefined ? "-" : keyOf(arg, wanted.has(i) || (params[i]?.rest === true && args.length <= maxRest), 0);
  }
  if (params.length > 0 && params[params.length - 1]?.rest === true)
    for (let i = params.length; i < args.length; i++) out += `,${keyOf(args[i] as Value, args.length <= maxRest, 0)}`;
  return out;
}

/** `text`: constants matter because the function decides by them. */
function keyOf(value: Value, text: boolean, depth: number): string {
  if (depth > 3) return "";
  const { what } = value;
  if (what.length === 0) return "";
  let out = originKey(what[0] as Origin, text, depth);
  for (let i = 1; i < what.length; i++) out += originKey(what[i] as Origin, text, depth);
  return out;
}

/** Of an instance it matters what it was made with. */
function givenKey({ given }: Extract<Origin, { kind: "instance" }>, depth: number): string {
  return given === undefined ? "" : `(${[...given].map(([name, value]) => `${name}=${keyOf(value, false, depth + 1)}`).join()})`;
}

/** Of a serializer it matters which class it is of, and what it was made for. */
function madeKey({ model, made }: Extract<Origin, { kind: "library" }>, depth: number): string {
  const named = [...(namedOf(made ?? []) ?? [])].map(([name, value]) => `${name}=${keyOf(value, false, depth + 1)}`);
  const who = model === undefined ? "" : `${model.unit.index}:${model.facts.id}`;
  return `<${who}(${[...(made ?? []).map((value) => keyOf(value, false, depth + 1)), ...named].join()})`;
}

function originKey(origin: Origin, text: boolean, depth: number): string {
  switch (origin.kind) {
    case "closure":
      return `f${origin.unit.index}:${origin.fn}${origin.env === origin.unit.env ? "" : `@${origin.env.id}`}${origin.self === undefined ? "" : `(${keyOf(origin.self, false, depth + 1)})`}`;
    case "class":
      return `c${origin.ref.unit.index}:${origin.ref.facts.id}`;
    case "instance":
      return `i${origin.ref.unit.index}:${origin.ref.facts.id}${origin.exact === true ? "!" : ""}${givenKey(origin, depth)}`;
    case "object": {
      if (origin.object.persistent) return `o${origin.object.id}`;
      let out = "{";
      let count = 0;
      for (const [name, value] of origin.object.props) {
        const inner = keyOf(value, text, depth + 1);
        if (count++ < 12) out += `${name}${inner === "" ? "" : `=${inner}`};`;
      }
      return `${out}${origin.object.literal ? "" : "…"}}`;
    }
    case "const":
      if (origin.value === undefined) return "-";
      if (origin.value === null || typeof origin.value === "boolean") return String(origin.value);
      return text ? JSON.stringify(origin.value).slice(0, 40) : "";
    case "library":
      return `l${origin.library.id}.${origin.type}.${origin.table ?? ""}.${origin.draft === undefined ? "" : `${origin.draft.file}:${origin.draft.at}`}${origin.state === undefined ? "" : rowsKey(origin)}${origin.library.types[origin.type]?.serializer === undefined ? "" : madeKey(origin, depth)}${isRouter(origin) ? `#${origin.site}` : ""}`;
    case "export":
      return `e${origin.library.id}.${origin.name}`;
    case "library-method":
      return `m${origin.library.id}.${origin.name}`;
    case "array":
      return `[${keyOf(origin.element, text, depth + 1)}]${origin.chunk === true ? "~" : ""}${text && origin.there === true ? "!" : ""}`;
    case "promise":
      return `p${keyOf(origin.value, text, depth + 1)}`;
    case "map":
      return `M${keyOf(origin.value, text, depth + 1)}`;
    case "row":
      return `r${origin.table ?? ""}`;
    case "namespace":
      return `n${origin.unit.index}`;
    case "builtin":
      return `b${origin.name}`;
    default:
      return "";
  }
}
