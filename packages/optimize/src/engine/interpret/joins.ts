/** What two values have in common, and one value for both. */
import { union } from "./deps.ts";
import type { Value, Origin, Size } from "./value.ts";
import { mergeRows, sameRows } from "./row-joins.ts";
import { unknown } from "./value.ts";

const maxOrigins = 8;
const maxModels = 64;

export function join(a: Value, b: Value): Value {
  if (a === b) return a;
  const deps = union(a.deps, b.deps);
  const key = a.key === b.key ? a.key : undefined;
  if (a.what.length === 0 || b.what.length === 0) {
    // Unknown joined with known: what is known stays (a lost edge is a bug like a wrong one). A constant decides tests and sizes, so it has to be all that there is.
    const known = a.what.length === 0 ? b.what : a.what;
    return { what: known.every(saysNoLength) ? known : withoutLengths(known), deps, key };
  }
  const what = joinOrigins(a.what, b.what);
  return what === a.what && deps === a.deps && key === a.key ? a : { what, deps, key };
}

/** The very same list where the second adds nothing: values are kept by the hundred thousand. */
function joinOrigins(a: readonly Origin[], b: readonly Origin[]): readonly Origin[] {
  let what: Origin[] | undefined;
  for (const origin of b) {
    const known = what ?? a;
    let index = 0;
    while (index < known.length && !same(known[index] as Origin, origin)) index++;
    if (index === known.length) (what ??= a.slice()).push(origin);
    else {
      const merged = merge(known[index] as Origin, origin);
      if (merged !== known[index]) (what ??= a.slice())[index] = merged;
    }
  }
  if (what === undefined) return a.length > maxOrigins ? limit(a) : a;
  if (what.length > maxOrigins) return limit(what);
  // A list that grew has room for 16 more.
  return what.length > a.length ? what.slice() : what;
}

function saysNoLength(origin: Origin): boolean {
  if (origin.kind === "const") return false;
  if (origin.kind === "array" && origin.there === true) return false;
  return (origin.kind !== "array" && origin.kind !== "map") || (origin.size.exact === undefined && origin.size.max === undefined);
}

/** `given ?? []` is as long as what was given. */
function withoutLengths(known: readonly Origin[]): readonly Origin[] {
  return known.flatMap((origin): Origin[] => {
    if (origin.kind === "const") return [];
    if (origin.kind === "map") return [{ ...origin, size: { symbol: origin.size.symbol } }];
    if (origin.kind === "array") return [{ ...origin, size: { symbol: origin.size.symbol }, elements: undefined, there: undefined }];
    return [origin];
  });
}

/** Constants, and what may be anything of a table, go first when there are too many origins. */
function limit(what: readonly Origin[]): readonly Origin[] {
  const strong = what.filter(({ kind }) => kind !== "const" && kind !== "scalar" && kind !== "some");
  if (strong.length <= maxOrigins) return strong;
  // Models and services picked from a registry are many and still known.
  return strong.length <= maxModels &&
    strong.every((origin) => origin.kind === "library" || origin.kind === "class" || origin.kind === "instance")
    ? strong
    : [];
}

export function joinAll(values: readonly Value[]): Value {
  let out: Value | undefined;
  for (const value of values) out = out === undefined ? value : join(out, value);
  return out ?? unknown;
}

function merge(a: Origin, b: Origin): Origin {
  if (a === b) return a;
  if (a.kind === "array" && b.kind === "array") {
    return {
      kind: "array",
      element: join(a.element, b.element),
      size: joinSize(a.size, b.size),
      rows: a.rows ?? b.rows,
      picked: a.picked === true && b.picked === true,
      chunk: a.chunk === true && b.chunk === true,
      there: a.there === true && b.there === true,
      ...(a.pieces === true && b.pieces === true ? { pieces: true as const } : undefined),
      ...(a.unique === true || b.unique === true ? { unique: true as const } : undefined),
    };
  }
  if (a.kind === "instance" && b.kind === "instance") return mergeInstances(a, b);
  if (a.kind === "promise" && b.kind === "promise") return { kind: "promise", value: join(a.value, b.value) };
  if (a.kind === "library" && b.kind === "library" && a.state !== undefined && b.state !== undefined) return mergeRows(a, b);
  if (a.kind === "map" && b.kind === "map") return { kind: "map", value: join(a.value, b.value), size: joinSize(a.size, b.size) };
  return a;
}

/** What only one of them says of itself is not known of both; what both were made with is one or the other. */
function mergeInstances(a: Extract<Origin, { kind: "instance" }>, b: Extract<Origin, { kind: "instance" }>): Origin {
  if (a.exact === b.exact && a.given === b.given) return a;
  const exact = a.exact === true && b.exact === true ? true : undefined;
  return { kind: "instance", ref: a.ref, exact, given: a.given === b.given ? a.given : joinGiven(a.given, b.given) };
}

function joinGiven(a: Map<string, Value> | undefined, b: Map<string, Value> | undefined): Map<string, Value> | undefined {
  if (a === undefined || b === undefined) return undefined;
  const out = new Map<string, Value>();
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other !== undefined) out.set(name, join(value, other));
  }
  return out.size === 0 ? undefined : out;
}

export function joinSize(a: Size, b: Size): Size {
  if (a === b) return a;
  if (a.exact === 0) return b;
  if (b.exact === 0) return a;
  const max = a.max !== undefined && b.max !== undefined ? Math.max(a.max, b.max) : undefined;
  return { symbol: a.symbol ?? b.symbol, max, exact: a.exact === b.exact ? a.exact : undefined };
}

export function same(a: Origin, b: Origin): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "closure":
      return b.kind === "closure" && a.unit === b.unit && a.fn === b.fn && a.env === b.env && sameSelf(a.self, b.self);
    case "class":
    case "instance":
      return (b.kind === "class" || b.kind === "instance") && a.ref === b.ref;
    case "object":
      return b.kind === "object" && a.object === b.object;
    case "some":
      return b.kind === "some" && a.object === b.object;
    case "const":
      return b.kind === "const" && a.value === b.value;
    case "scalar":
      return b.kind === "scalar" && a.type === b.type && a.pattern === b.pattern;
    case "pattern":
      return b.kind === "pattern" && a.prefix === b.prefix && a.suffix === b.suffix;
    case "library":
      if (b.kind !== "library" || a.library !== b.library || a.table !== b.table) return false;
      return sameRows(a, b) || (a.type === b.type && a.site === b.site && a.draft === b.draft);
    case "export":
      return b.kind === "export" && a.library === b.library && a.name === b.name;
    case "package":
      return b.kind === "package" && a.name === b.name && a.path === b.path;
    case "namespace":
    case "exports":
    case "commonjs":
      return (b.kind === "namespace" || b.kind === "exports" || b.kind === "commonjs") && a.unit === b.unit;
    case "row":
      return b.kind === "row" && a.table === b.table && a.operation === b.operation;
    case "typed":
      return b.kind === "typed" && a.type === b.type;
    case "builtin":
      return b.kind === "builtin" && a.name === b.name;
    case "method":
      return b.kind === "method" && a.name === b.name && a.receiver === b.receiver;
    case "library-method":
      return b.kind === "library-method" && a.spec === b.spec;
    case "array":
    case "promise":
    case "map":
      return true;
    default:
      return false;
  }
}

function sameSelf(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const x = a.what[0];
  const y = b.what[0];
  return x !== undefined && y !== undefined && a.what.length === b.what.length && same(x, y);
}
