/** Texts that calls carry: SQL and URLs, with `?` and `*` for what is not known. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Where } from "../../model/effect.ts";
import type { Activation } from "./activation.ts";
import { propertyOf } from "./classes.ts";
import type { Deps } from "./deps.ts";
import { none, union } from "./deps.ts";
import { evaluate } from "./expressions.ts";
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

function text(e: Expression | undefined, hole: string, depth = 0): string | undefined {
  if (e === undefined || depth > 40) return undefined;
  switch (e.kind) {
    case "literal":
      return typeof e.value === "string" ? e.value : undefined;
    case "template":
      return e.strings.map((part, i) => (i < e.values.length ? part + (text(e.values[i], hole, depth + 1) ?? hole) : part)).join("");
    case "binary": {
      // `"DROP INDEX %s" % name`
      if (e.operator === "%") return text(e.left, hole, depth + 1)?.replace(/%(\(\w+\))?[sdrif]/g, hole);
      if (e.operator !== "+") return undefined;
      const left = text(e.left, hole, depth + 1);
      const right = text(e.right, hole, depth + 1);
      return left === undefined && right === undefined ? undefined : (left ?? hole) + (right ?? hole);
    }
    case "call":
      // sql`…` and String.raw`…` inside a call, and `[…].join(" ")`.
      return e.tag ? text(e.args[0]?.value, hole, depth + 1) : (formatted(e, hole, depth) ?? ownFile(e));
    case "cast":
      return text(e.value, hole, depth + 1);
    default:
      return undefined;
  }
}

/** `"DROP INDEX {0}".format(name)` */
function formatted({ callee }: Extract<Expression, { kind: "call" }>, hole: string, depth: number): string | undefined {
  if (callee.kind !== "member" || callee.name !== "format") return undefined;
  return text(callee.object, hole, depth + 1)?.replace(/\{[^{}]*\}/g, hole);
}

/** `new URL("font.ttf", import.meta.url)`: a file that lies beside the program. */
function ownFile(e: Extract<Expression, { kind: "call" }>): string | undefined {
  const [path, base] = e.args.map(({ value }) => value);
  if (!e.new || e.callee.kind !== "name" || e.callee.name !== "URL" || base?.kind !== "member" || base.name !== "url") return undefined;
  if (base.object.kind !== "name" || base.object.name !== "import.meta") return undefined;
  const name = text(path, "*");
  return name === undefined || /^[a-z][\w+.-]*:/i.test(name) ? name : `file:${name}`;
}

function textAt(act: Activation, args: readonly Value[], where: Where, e: Expression, hole: string): string | undefined {
  const value = where.property === undefined ? args[where.arg] : propertyOf(args[where.arg], where.property);
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  if (typeof constant === "string") return constant;
  return text(nodeAt(act, where, e), hole);
}

/** The expression that says the text: where a variable holds it, the one that it is declared with. */
function nodeAt(act: Activation, where: Where, e: Expression): Expression | undefined {
  if (e.kind !== "call") return undefined;
  let node = e.args[where.arg]?.value;
  if (where.property !== undefined && node?.kind === "object")
    node = node.properties.find((property) => property.name === where.property)?.value;
  return node?.kind === "name" && node.binding >= 0 ? declaredText(act, node.binding) : node;
}

/** `const query = \`select …\`; db.query(query)`: the text where the variable is declared. */
function declaredText(act: Activation, binding: number): Expression | undefined {
  const fn = act.unit.facts.functions[act.unit.facts.bindings[binding]?.owner ?? 0];
  for (const statement of fn?.body ?? []) {
    if (statement.kind === "assign" && statement.target.kind === "bind" && statement.target.binding === binding) return statement.value;
  }
  return undefined;
}

export function sqlText(act: Activation, args: readonly Value[], where: Where, e: Expression): string | undefined {
  return textAt(act, args, where, e, "?") ?? (where.or === undefined ? undefined : textAt(act, args, where.or, e, "?"));
}

/** The next word is the name of a table. */
const beforeName = /\b(from|into|update|table|join|truncate|exists|only)\s+["'`[]?(\w+["'`\]]?\.["'`[]?)?$/i;

/** What a name in the place of a table's depends on: `SELECT count(*) FROM {table.name}`. */
export function depsOfName(act: Activation, args: readonly Value[], where: Where, e: Expression): Deps {
  const node = nodeAt(act, where, e);
  let out = none;
  for (const { before, hole } of holesIn(node)) {
    const plain = hole.kind === "name" || (hole.kind === "member" && hole.computed === undefined);
    if (plain && beforeName.test(before)) out = union(out, evaluate(act, hole).deps);
  }
  return out;
}

function holesIn(e: Expression | undefined): { readonly before: string; readonly hole: Expression }[] {
  if (e?.kind === "template") return e.values.map((hole, i) => ({ before: e.strings[i] ?? "", hole }));
  if (e?.kind !== "binary" || e.operator !== "+") return [];
  const left = text(e.left, "?");
  return [...holesIn(e.left), ...(left === undefined ? [] : [{ before: left, hole: e.right }])];
}

export function urlText(act: Activation, args: readonly Value[], where: Where, e: Expression): string | undefined {
  return (
    textAt(act, args, where, e, "*") ??
    (where.or === undefined ? undefined : textAt(act, args, where.or, e, "*")) ??
    (isGiven(act, e, where) ? "*" : undefined)
  );
}

/** The argument is a parameter, an element or a property as it stands: the whole text comes from elsewhere. */
function isGiven(act: Activation, e: Expression, where: Where): boolean {
  const node = e.kind === "call" ? e.args[where.arg]?.value : undefined;
  if (where.property !== undefined && node?.kind === "object") return false;
  if (node?.kind === "member") return true;
  if (node?.kind !== "name" || node.binding < 0) return false;
  const owner = act.unit.facts.bindings[node.binding]?.owner ?? 0;
  return assignedTo(act.unit.facts.functions[owner]?.body ?? [], node.binding).every(
    (value) => value.kind === "name" || value.kind === "member",
  );
}

/** What is assigned to the variable, in blocks of any depth. */
function assignedTo(statements: readonly Statement[], binding: number): Expression[] {
  const out: Expression[] = [];
  for (const s of statements) {
    if (s.kind === "assign" && s.target.kind === "bind" && s.target.binding === binding && s.value !== undefined) out.push(s.value);
    else if (s.kind === "loop" || s.kind === "block" || s.kind === "try" || s.kind === "with") out.push(...assignedTo(s.body, binding));
    else if (s.kind === "branch") out.push(...assignedTo(s.then, binding), ...assignedTo(s.else, binding));
  }
  return out;
}
