/** Constants in Facts without running them: literals, templates of constants, names that are given a constant once. */
import type { Argument, CallExpression, Expression, ObjectExpression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { BindingId, Facts } from "../../model/facts.ts";

/** What names stand for while a migration is walked: loops over written lists give each element in turn. */
export interface Scope {
  readonly facts: Facts;
  readonly bound: ReadonlyMap<BindingId, Expression>;
}

export function scopeOf(facts: Facts): Scope {
  const bound = new Map<BindingId, Expression>();
  const again = new Set<BindingId>();
  const visit = (list: readonly Statement[]): void => {
    for (const s of list) {
      if (s.kind === "assign" && s.target.kind === "bind") {
        const { binding } = s.target;
        if (bound.has(binding) || s.operator !== "") again.add(binding);
        if (s.value !== undefined) bound.set(binding, s.value);
      }
      for (const inner of nested(s)) visit(inner);
    }
  };
  for (const fn of facts.functions) visit(fn.body);
  for (const binding of again) bound.delete(binding);
  return { facts, bound };
}

export function nested(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case "branch":
      return [s.then, s.else];
    case "switch":
      return s.cases.map((one) => one.body);
    case "loop":
    case "with":
    case "block":
      return [s.body];
    case "try":
      return [s.body, s.handler ?? [], s.finalizer ?? []];
    default:
      return [];
  }
}

const deepest = 12;

/** What an expression stands for, through names, casts and awaits. */
export function folded(scope: Scope, e: Expression | undefined, depth = 0): Expression | undefined {
  if (e === undefined || depth > deepest) return e;
  if (e.kind === "name") {
    const value = scope.bound.get(e.binding);
    return value === undefined ? e : folded(scope, value, depth + 1);
  }
  if (e.kind === "cast" || e.kind === "await") return folded(scope, e.value, depth + 1);
  if (e.kind === "member" && e.computed === undefined) {
    const object = folded(scope, e.object, depth + 1);
    const property = object?.kind === "object" ? object.properties.find((one) => one.name === e.name && !one.spread) : undefined;
    return property === undefined ? e : folded(scope, property.value, depth + 1);
  }
  return e;
}

/**
 * Looks at parts of one value that are left. Names that stand for twice what another stands for (`b = a + a`, `[...a, ...a]`) double it with
 * each, so that a few lines would be looked at for ever: what takes more is not known.
 */
interface Looks {
  left: number;
}

const mostLooks = 20_000;

export function textIn(scope: Scope, e: Expression | undefined, looks: Looks = { left: mostLooks }): string | undefined {
  if (looks.left-- <= 0) return undefined;
  const value = folded(scope, e);
  if (value?.kind === "literal") return typeof value.value === "string" && value.type === "string" ? value.value : undefined;
  if (value?.kind === "template") {
    let text = value.strings[0] ?? "";
    for (const [place, part] of value.values.entries()) {
      const inner = textIn(scope, part, looks) ?? numberIn(scope, part)?.toString();
      if (inner === undefined) return undefined;
      text += inner + (value.strings[place + 1] ?? "");
    }
    return text;
  }
  if (value?.kind === "binary" && value.operator === "+") {
    const left = textIn(scope, value.left, looks);
    if (left === undefined) return undefined;
    const right = textIn(scope, value.right, looks);
    return right === undefined ? undefined : left + right;
  }
  if (value?.kind === "call" && value.tag) return textIn(scope, value.args[0]?.value, looks);
  return undefined;
}

export function numberIn(scope: Scope, e: Expression | undefined): number | undefined {
  const value = folded(scope, e);
  return value?.kind === "literal" && typeof value.value === "number" ? value.value : undefined;
}

export function isTrue(scope: Scope, e: Expression | undefined): boolean | undefined {
  const value = folded(scope, e);
  return value?.kind === "literal" && typeof value.value === "boolean" ? value.value : undefined;
}

/** A text, or a list of texts; what is none is left out. */
export function textsIn(scope: Scope, e: Expression | undefined): readonly string[] {
  const one = textIn(scope, e);
  if (one !== undefined) return [one];
  return elementsIn(scope, e)?.flatMap((element) => textIn(scope, element) ?? []) ?? [];
}

export function elementsIn(scope: Scope, e: Expression | undefined): readonly Expression[] | undefined {
  const looks = { left: mostLooks };
  const list = elementsWithin(scope, e, looks);
  return looks.left < 0 ? undefined : list;
}

function elementsWithin(scope: Scope, e: Expression | undefined, looks: Looks): readonly Expression[] | undefined {
  if (looks.left-- <= 0) return undefined;
  const value = folded(scope, e);
  if (value?.kind === "array") {
    looks.left -= value.elements.length;
    return value.elements.flatMap((one) =>
      one === null ? [] : one.spread ? (elementsWithin(scope, one.value, looks) ?? []) : [one.value],
    );
  }
  if (value?.kind === "binary" && value.operator === "+") {
    const left = elementsWithin(scope, value.left, looks);
    const right = elementsWithin(scope, value.right, looks);
    return left === undefined && right === undefined ? undefined : [...(left ?? []), ...(right ?? [])];
  }
  return undefined;
}

export function objectIn(scope: Scope, e: Expression | undefined): ObjectExpression | undefined {
  const value = folded(scope, e);
  return value?.kind === "object" ? value : undefined;
}

/** A property of a written object, through what it spreads. */
export function property(
  scope: Scope,
  e: Expression | undefined,
  name: string,
  looks: Looks = { left: mostLooks },
): Expression | undefined {
  if (looks.left-- <= 0) return undefined;
  const object = objectIn(scope, e);
  let found: Expression | undefined;
  for (const one of object?.properties ?? []) {
    if (one.spread) found = property(scope, one.value, name, looks) ?? found;
    else if (one.name === name) found = one.value;
  }
  return found;
}

/** Properties with names, through spreads, in order. */
export function entriesOf(
  scope: Scope,
  e: Expression | undefined,
  looks: Looks = { left: mostLooks },
): readonly (readonly [string, Expression])[] {
  if (looks.left-- <= 0) return [];
  return (
    objectIn(scope, e)?.properties.flatMap((one): readonly (readonly [string, Expression])[] => {
      if (one.spread) return entriesOf(scope, one.value, looks);
      const name = one.name === "" && one.computed !== undefined ? textIn(scope, one.computed) : one.name;
      return name === undefined || name === "" ? [] : [[name, one.value]];
    }) ?? []
  );
}

/** An argument by its place or its keyword. */
export function argument(args: readonly Argument[], place: number, keyword?: string): Expression | undefined {
  const named = keyword === undefined ? undefined : args.find((one) => one.name === keyword)?.value;
  return named ?? args.filter((one) => one.name === undefined && !one.spread)[place]?.value;
}

export function keywordOf(args: readonly Argument[], keyword: string): Expression | undefined {
  return args.find((one) => one.name === keyword)?.value;
}

/** `a.b.c` of a chain of members and names; undefined when something else stands in it. */
export function pathOf(e: Expression | undefined): readonly string[] | undefined {
  if (e?.kind === "name") return [e.name];
  if (e?.kind === "this") return ["this"];
  if (e?.kind !== "member" || e.computed !== undefined) return undefined;
  const before = pathOf(e.object);
  return before === undefined ? undefined : [...before, e.name];
}

/** Calls that statements of the module make or keep, in order. */
export function topLevelCalls(facts: Facts): readonly CallExpression[] {
  return [
    ...(facts.functions[0]?.body ?? []).flatMap((s) => (s.kind === "assign" || s.kind === "expression" ? (callIn(s.value) ?? []) : [])),
    ...facts.exports.flatMap((one) => callIn(one.value) ?? []),
  ];
}

function callIn(e: Expression | undefined): CallExpression | undefined {
  if (e?.kind === "cast" || e?.kind === "await" || e?.kind === "assign") return callIn(e.value);
  // `mongoose.models.User || mongoose.model("User", schema)`
  if (e?.kind === "logical") return callIn(e.right);
  return e?.kind === "call" ? e : undefined;
}

/** The last name of what is called: `models.CharField` gives "CharField". */
export function calledName(call: CallExpression): string {
  const { callee } = call;
  return callee.kind === "member" ? callee.name : callee.kind === "name" ? callee.name : "";
}
