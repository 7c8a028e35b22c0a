/** What an expression is, as far as its file says it: list, set, map or text, how long at most, and whether its length is somebody's data. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { TypeRef } from "../../model/facts.ts";
import { fieldKey } from "./text.ts";
import type { FileText, Spot, Uses } from "./text.ts";

export interface Known {
  readonly kind: "list" | "set" | "map" | "text" | "other" | undefined;
  /** At most so many elements. */
  readonly max?: number | undefined;
  /** The code alone decides how many there are: a literal, or what is made from one. */
  readonly fixed: boolean;
}

const nothing: Known = { kind: undefined, fixed: false };
const text: Known = { kind: "text", fixed: false };
const list: Known = { kind: "list", fixed: false };
const set: Known = { kind: "set", fixed: false };
const map: Known = { kind: "map", fixed: false };
const other: Known = { kind: "other", fixed: false };

/** Methods that give a list for whatever they are called on, if it has them. */
const listMakers: ReadonlySet<string> = new Set([
  "map",
  "filter",
  "flatMap",
  "flat",
  "split",
  "splitlines",
  "rsplit",
  "toSorted",
  "toReversed",
  "toSpliced",
]);
/** Methods that give a list where they are called on one. */
const listKeepers: ReadonlySet<string> = new Set(["slice", "concat", "sort", "reverse", "fill", "copy"]);
const textMakers: ReadonlySet<string> = new Set(
  "toString toLowerCase toUpperCase trim trimStart trimEnd join replace replaceAll padStart padEnd substring substr repeat normalize lower upper strip lstrip rstrip format decode title casefold".split(
    " ",
  ),
);
const listNames: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "List", "list", "Sequence", "MutableSequence", "Tuple", "tuple"]);
const setNames: ReadonlySet<string> = new Set([
  "Set",
  "ReadonlySet",
  "WeakSet",
  "set",
  "frozenset",
  "FrozenSet",
  "AbstractSet",
  "MutableSet",
]);
const mapNames: ReadonlySet<string> = new Set([
  "Map",
  "ReadonlyMap",
  "WeakMap",
  "Record",
  "Dict",
  "dict",
  "Mapping",
  "MutableMapping",
  "defaultdict",
  "OrderedDict",
  "Counter",
]);

export function kindOf(t: FileText, e: Expression, spot: Spot, depth = 0): Known {
  if (depth > 6) return nothing;
  const again = (inner: Expression): Known => kindOf(t, inner, spot, depth + 1);
  switch (e.kind) {
    case "literal":
      return e.type === "string" ? { kind: "text", fixed: true } : other;
    case "template":
      return text;
    case "array": {
      if (e.form === "set") return { kind: "set", max: e.elements.length, fixed: true };
      const spread = e.elements.filter((element) => element?.spread === true);
      const parts = spread.map((element) => (element === null ? nothing : again(element.value)));
      const max = parts.reduce<number | undefined>(
        (sum, one) => (sum === undefined || one.max === undefined ? undefined : sum + one.max),
        e.elements.length - spread.length,
      );
      return { kind: "list", max, fixed: parts.every((one) => one.fixed) };
    }
    case "object":
      return {
        kind: "map",
        max: e.properties.some((one) => one.spread) ? undefined : e.properties.length,
        fixed: !e.properties.some((one) => one.spread),
      };
    case "comprehension": {
      const inner = e.clauses[0] === undefined ? nothing : again(e.clauses[0].iterable);
      const one = e.clauses.length === 1;
      return {
        kind: e.form === "list" || e.form === "generator" ? "list" : e.form === "set" ? "set" : "map",
        max: one ? inner.max : undefined,
        fixed: one && inner.fixed,
      };
    }
    case "cast":
      return e.type.kind === "name" && e.type.path[0] === "const" ? again(e.value) : merged(again(e.value), typed(t, e.type, 0));
    case "await":
      return again(e.value);
    case "conditional":
      return either(again(e.then), again(e.else));
    case "logical":
      return e.operator === "&&" ? again(e.right) : either(again(e.left), again(e.right));
    case "name":
      return e.binding < 0 ? nothing : named(t, e.binding, depth);
    case "member": {
      if (e.object.kind === "this" && e.name !== "") return field(t, spot, e.name, depth);
      if (e.name === "length") return other;
      return nothing;
    }
    case "call":
      return called(t, e, spot, depth);
    case "binary":
      return e.operator === "+" ? either(again(e.left), again(e.right)) : other;
    default:
      return nothing;
  }
}

function called(t: FileText, e: Extract<Expression, { kind: "call" }>, spot: Spot, depth: number): Known {
  const { callee, args } = e;
  const first = args[0]?.value;
  const given = (): Known => (first === undefined ? { kind: undefined, max: 0, fixed: true } : kindOf(t, first, spot, depth + 1));
  if (callee.kind === "name" && callee.binding < 0) {
    switch (callee.name) {
      case "Set":
      case "set":
      case "frozenset":
        return { ...sized(given()), kind: "set" };
      case "Map":
      case "dict":
        return { ...sized(given()), kind: "map" };
      case "Array":
        return list;
      case "list":
      case "sorted":
      case "tuple":
      case "reversed":
      case "enumerate":
      case "zip":
        return { ...sized(given()), kind: "list" };
      case "range": {
        const last = args.length === 1 && first?.kind === "literal" && typeof first.value === "number" ? first.value : undefined;
        return { kind: "list", max: last, fixed: last !== undefined };
      }
      case "String":
      case "str":
        return text;
      default:
        return nothing;
    }
  }
  if (callee.kind !== "member") return nothing;
  const { object, name } = callee;
  if (object.kind === "name" && object.binding < 0) {
    if (object.name === "Object" && ["keys", "values", "entries"].includes(name)) return { ...sized(given()), kind: "list" };
    if (object.name === "Array" && (name === "from" || name === "of")) return { ...sized(given()), kind: "list" };
    if (object.name === "Promise" && (name === "all" || name === "allSettled")) return { ...sized(given()), kind: "list" };
    if (object.name === "JSON" && name === "stringify") return text;
  }
  if (textMakers.has(name)) return text;
  if (listMakers.has(name)) {
    const source = kindOf(t, object, spot, depth + 1);
    return {
      kind: "list",
      max: name === "flatMap" || name === "flat" ? undefined : source.max,
      fixed: source.fixed && source.kind === "list",
    };
  }
  if (listKeepers.has(name)) {
    const source = kindOf(t, object, spot, depth + 1);
    if (source.kind !== "list") return source.kind === "text" ? text : nothing;
    const stop = args[1]?.value;
    return name === "slice" && stop?.kind === "literal" && typeof stop.value === "number" && stop.value > 0
      ? { kind: "list", max: stop.value, fixed: source.fixed }
      : source;
  }
  if (name === "keys" || name === "values" || name === "entries" || name === "items")
    return { ...sized(kindOf(t, object, spot, depth + 1)), kind: "list" };
  return nothing;
}

function sized({ max, fixed }: Known): { readonly max: number | undefined; readonly fixed: boolean } {
  return { max, fixed };
}

/** A variable is what all its writes give it, and what its type says. */
function named(t: FileText, binding: number, depth: number): Known {
  const declared = t.facts.bindings[binding];
  if (declared === undefined || declared.kind === "import") return nothing;
  const type = declared.type === undefined ? nothing : typed(t, declared.type, 0);
  return merged(written(t, t.bindings.get(binding), depth), type);
}

function field(t: FileText, spot: Spot, name: string, depth: number): Known {
  const key = fieldKey(t.facts, spot.fn, name);
  if (key === undefined) return nothing;
  const [owner = "", member = ""] = key.split(":");
  const declared = t.facts.classes[Number(owner)]?.members.find((one) => one.name === member && one.kind === "field");
  return merged(written(t, t.fields.get(key), depth), declared?.type === undefined ? nothing : typed(t, declared.type, 0));
}

const growing: ReadonlySet<string> = new Set([
  "push",
  "unshift",
  "append",
  "extend",
  "insert",
  "add",
  "set",
  "update",
  "splice",
  "setdefault",
]);

function written(t: FileText, uses: Uses | undefined, depth: number): Known {
  if (uses === undefined) return nothing;
  let out: Known | undefined;
  for (const { value, operator, whole, spot } of uses.writes) {
    if (!whole || value === undefined || operator === "++" || operator === "--") return nothing;
    const one = kindOf(t, value, spot, depth + 1);
    if (value.kind === "literal" && value.type !== "string") continue;
    out = out === undefined ? one : either(out, one);
  }
  if (out === undefined) return nothing;
  // What is added later is not in the literal.
  const grows = uses.reads.some(
    ({ parent, above, e }) =>
      parent?.kind === "member" && parent.object === e && above?.kind === "call" && above.callee === parent && growing.has(parent.name),
  );
  const filled = uses.reads.some(
    ({ parent, above, e }) => parent?.kind === "member" && parent.object === e && parent.computed !== undefined && above?.kind === "assign",
  );
  return grows || filled ? { kind: out.kind, fixed: false } : out;
}

function merged(value: Known, type: Known): Known {
  return value.kind === undefined ? { kind: type.kind, max: value.max ?? type.max, fixed: value.fixed } : value;
}

function either(a: Known, b: Known): Known {
  if (a.kind === undefined) return b.kind === undefined ? nothing : { kind: b.kind, fixed: false };
  if (b.kind === undefined) return { kind: a.kind, fixed: false };
  const max = a.max === undefined || b.max === undefined ? undefined : Math.max(a.max, b.max);
  return a.kind === b.kind ? { kind: a.kind, max, fixed: a.fixed && b.fixed } : nothing;
}

function typed(t: FileText, type: TypeRef, depth: number): Known {
  if (depth > 4) return nothing;
  switch (type.kind) {
    case "array":
      // A list of a closed set of words is as long as somebody wrote.
      return isClosed(type.of) ? { kind: "list", fixed: true } : list;
    case "tuple":
      return { kind: "list", max: type.of.length, fixed: true };
    case "primitive":
      return type.name === "string" || type.name === "str" ? text : other;
    case "literal":
      return typeof type.value === "string" ? { kind: "text", fixed: true } : other;
    case "union": {
      const parts = type.of.filter(
        (one) =>
          !(one.kind === "primitive" && ["undefined", "null", "None"].includes(one.name)) &&
          !(one.kind === "literal" && one.value === null),
      );
      return (
        parts.map((one) => typed(t, one, depth + 1)).reduce<Known | undefined>((a, b) => (a === undefined ? b : either(a, b)), undefined) ??
        nothing
      );
    }
    case "name": {
      const name = type.path[type.path.length - 1] ?? "";
      if (type.binding >= 0) {
        const alias = t.facts.types.find((one) => one.binding === type.binding);
        if (alias !== undefined) return alias.type.kind === "object" ? map : typed(t, alias.type, depth + 1);
        if (t.facts.bindings[type.binding]?.from === undefined) return other;
      }
      if (name === "Optional" || name === "Readonly" || name === "NonNullable" || name === "Promise")
        return type.args[0] === undefined ? nothing : typed(t, type.args[0], depth + 1);
      if (listNames.has(name)) return type.args[0] !== undefined && isClosed(type.args[0]) ? { kind: "list", fixed: true } : list;
      if (setNames.has(name)) return set;
      if (mapNames.has(name)) return map;
      return name === "str" || name === "string" ? text : nothing;
    }
    case "object":
      return map;
    default:
      return nothing;
  }
}

function isClosed(type: TypeRef): boolean {
  return type.kind === "literal" || (type.kind === "union" && type.of.every((one) => one.kind === "literal"));
}
