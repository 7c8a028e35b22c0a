/** Annotations -> TypeRef: enough to prove a receiver, not a type checker. */
import type { TypeRef } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { expression } from "./expressions.ts";
import { Broken } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { refer } from "./scope.ts";
import { contentOf } from "./strings.ts";
import { advance, ahead } from "./tokens.ts";

const unknownType: TypeRef = { kind: "primitive", name: "unknown" };
const primitives: ReadonlyMap<string, string> = new Map([
  ["str", "string"],
  ["int", "number"],
  ["float", "number"],
  ["bool", "boolean"],
  ["bytes", "bytes"],
  ["object", "object"],
  ["Any", "any"],
]);
const lists: ReadonlySet<string> = new Set(["list", "List"]);

export interface Annotation {
  readonly type: TypeRef;
  /** What `Annotated[T, …]` says besides the type: frameworks read it. */
  readonly notes: readonly Expression[];
}

/** Reads an annotation. */
export function annotation(r: Reading): Annotation {
  const mark = r.references.length;
  const written = expression(r);
  const notes: Expression[] = [];
  // A type captures nothing at run time: what it names is referred to anew, as if from the module.
  const kept = r.references.length;
  const type = typeOf(r, written, notes);
  if (notes.length === 0) {
    r.references.splice(mark, kept - mark);
    r.names.splice(mark, kept - mark);
    r.users.splice(mark, kept - mark);
  }
  return { type, notes };
}

/** The type that an expression spells. */
export function typeOf(r: Reading, e: Expression, notes: Expression[] = []): TypeRef {
  switch (e.kind) {
    case "literal":
      if (e.type === "null") return { kind: "primitive", name: "null" };
      return e.type === "string" ? quoted(r, e.at, e.end, notes) : unknownType;
    case "binary":
      return e.operator === "|" ? union([typeOf(r, e.left, notes), typeOf(r, e.right, notes)]) : unknownType;
    case "name":
    case "member":
      return e.kind === "member" && e.subscript === true ? subscripted(r, e, notes) : named(r, e, []);
    default:
      return unknownType;
  }
}

function union(types: readonly TypeRef[]): TypeRef {
  const of: TypeRef[] = [];
  for (const one of types) {
    if (one.kind === "union") of.push(...one.of);
    else of.push(one);
  }
  return { kind: "union", of };
}

function pathOf(e: Expression): string[] | undefined {
  if (e.kind === "name") return [e.name];
  if (e.kind !== "member" || e.subscript === true || e.name === "") return undefined;
  const path = pathOf(e.object);
  path?.push(e.name);
  return path;
}

function named(r: Reading, e: Expression, args: readonly TypeRef[]): TypeRef {
  const path = pathOf(e);
  if (path === undefined) return unknownType;
  const last = path.at(-1) ?? "";
  const primitive = args.length === 0 ? primitives.get(last) : undefined;
  if (primitive !== undefined && (path.length === 1 || last === "Any")) return { kind: "primitive", name: primitive };
  const type = { kind: "name" as const, path, binding: -1, args };
  const { fn } = r;
  r.fn = 0;
  refer(r, type, path[0] ?? "");
  r.fn = fn;
  return type;
}

/** `X[A, B]`. */
function subscripted(r: Reading, e: Extract<Expression, { kind: "member" }>, notes: Expression[]): TypeRef {
  const base = pathOf(e.object)?.at(-1) ?? "";
  const key = e.computed;
  const items: Expression[] =
    key === undefined
      ? []
      : key.kind === "array" && key.form === "tuple"
        ? key.elements.flatMap((one) => (one === null ? [] : [one.value]))
        : [key];
  if (base === "Literal") return literals(e.name, items);
  if (base === "Annotated") {
    notes.push(...items.slice(1));
    return items[0] === undefined ? unknownType : typeOf(r, items[0], notes);
  }
  // A constant key is kept as a name: it is a quoted type.
  const args = key === undefined ? [quotedKey(r, e)] : items.map((one) => typeOf(r, one, notes));
  const first = args[0] ?? unknownType;
  if (base === "Optional") return union([first, { kind: "primitive", name: "null" }]);
  if (base === "Union") return union(args);
  if (base === "tuple" || base === "Tuple") {
    const last = items.at(-1);
    return last?.kind === "name" && last.name === "..." ? { kind: "array", of: first } : { kind: "tuple", of: args };
  }
  if (lists.has(base)) return { kind: "array", of: first };
  if (base === "Final" || base === "ClassVar" || base === "Required" || base === "NotRequired" || base === "Unpack") return first;
  return named(r, e.object, args);
}

function literals(name: string, items: readonly Expression[]): TypeRef {
  if (items.length === 0) return { kind: "literal", value: name };
  return union(items.map((one) => (one.kind === "literal" ? { kind: "literal", value: one.value } : unknownType)));
}

/** `list["User"]`: the key is the last string before the closing bracket. */
function quotedKey(r: Reading, e: Extract<Expression, { kind: "member" }>): TypeRef {
  const inside = r.text.slice(e.object.end, e.end);
  const open = inside.search(/['"]/);
  if (open === -1) return unknownType;
  const close = Math.max(inside.lastIndexOf("'"), inside.lastIndexOf('"'));
  return quoted(r, e.object.end + open, e.object.end + close + 1, []);
}

/** A type in quotes is read where it stands. */
function quoted(r: Reading, start: number, end: number, notes: Expression[]): TypeRef {
  const { from, to } = contentOf(r.text, start, end);
  let type: TypeRef = unknownType;
  const { depth } = r;
  const mark = r.references.length;
  const written: Expression[] = [];
  const { text } = r;
  ahead(r, () => {
    // The text ends with the type while it is read: its closing quote would open a string.
    Object.assign(r, { text: text.slice(0, to), at: from, brackets: 0, lineStart: false, kind: "name" });
    advance(r);
    const read = expression(r);
    if (r.kind !== "newline" && r.kind !== "end") throw new Broken(r.start, "no type");
    written.push(read);
    return true;
  });
  Object.assign(r, { text });
  r.depth = depth;
  r.references.length = mark;
  r.names.length = mark;
  r.users.length = mark;
  for (const read of written) if (read.kind !== "literal") type = typeOf(r, read, notes);
  return type;
}
