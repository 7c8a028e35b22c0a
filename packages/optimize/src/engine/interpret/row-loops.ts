/**
 * Loops and comprehensions over rows that only keep some of them, or only add them up: the query could have been told to.
 * A list that is gone through for anything else is "iterate".
 */
import type { BindingId } from "../../model/facts.ts";
import type { ComprehensionExpression, Expression } from "../../model/facts-expressions.ts";
import type { LoopStatement, Pattern, Statement } from "../../model/facts-statements.ts";
import type { Use } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { isColumnTest, isPlainTarget, rowOf } from "./predicates.ts";
import { constantOf } from "./value.ts";

export type RowUse = Extract<Use, "filter" | "add" | "iterate">;

/** `for (const o of rows) if (o.status === "paid") …`, `… { if (o.status !== "paid") continue; … }`, `… total += o.amount`. */
export function useOfLoop(act: Activation, { form, target, body, async }: LoopStatement): RowUse {
  if (form !== "each" || async || target === undefined || !isPlainTarget(target)) return "iterate";
  const [first, ...others] = body;
  if (first === undefined) return "iterate";
  if (first.kind === "branch" && first.else.length === 0) {
    const skips = first.then.length === 1 && first.then[0]?.kind === "continue";
    if ((skips || others.length === 0) && keepsFew(first.test, target, !skips) && !asksList(first.test)) return "filter";
  }
  return body.every((s) => isAddition(act, s, target)) ? "add" : "iterate";
}

/** `[o.id for o in rows if o.status == "paid"]`, `sum(o.amount for o in rows)`. */
export function useOfComprehension(e: ComprehensionExpression, summed: boolean): RowUse {
  const [clause, ...others] = e.clauses;
  if (clause === undefined || others.length > 0 || clause.async || !isPlainTarget(clause.target)) return "iterate";
  if (
    clause.tests.some((test) => keepsFew(test, clause.target, true)) &&
    clause.tests.every((test) => isColumnTest(test, rowOf(clause.target)))
  )
    return "filter";
  return summed && clause.tests.length === 0 && isAmount(e.value, clause.target) ? "add" : "iterate";
}

/** `rows.reduce((total, o) => total + o.amount, 0)`. */
export function isSum(params: readonly Pattern[], body: readonly Statement[]): boolean {
  const [total, row] = params;
  const [only, ...others] = body;
  if (total?.kind !== "bind" || row === undefined || !isPlainTarget(row)) return false;
  if (only?.kind !== "return" || others.length > 0 || only.value?.kind !== "binary" || only.value.operator !== "+") return false;
  const { left, right } = only.value;
  const isTotal = (e: Expression): boolean => e.kind === "name" && e.binding === total.binding;
  return (isTotal(left) && isAmount(right, row)) || (isTotal(right) && isAmount(left, row));
}

/** One of the conditions compares a column with a value, so that few rows hold to it; that a column is not one value, or is there at all, holds for most. */
function keepsFew(test: Expression, target: Pattern, positive: boolean): boolean {
  return isColumnTest(test, rowOf(target)) && compares(test, target, positive);
}

/** A list from elsewhere may name nearly all of them: what a loop passes over is then what is odd. */
function asksList(e: Expression): boolean {
  switch (e.kind) {
    case "logical":
      return asksList(e.left) || asksList(e.right);
    case "unary":
      return asksList(e.value);
    case "call":
      return e.callee.kind === "member" && e.callee.object.kind !== "array";
    case "binary":
      return e.operator === "in" && e.right.kind !== "array";
    default:
      return false;
  }
}

const equal: ReadonlySet<string> = new Set(["===", "==", "in"]);
const unequal: ReadonlySet<string> = new Set(["!==", "!="]);
const ordered: ReadonlySet<string> = new Set(["<", ">", "<=", ">="]);

function compares(e: Expression, target: Pattern, positive: boolean): boolean {
  switch (e.kind) {
    case "logical": {
      const sides = [compares(e.left, target, positive), compares(e.right, target, positive)];
      return (e.operator === "&&") === positive ? sides.some(Boolean) : sides.every(Boolean);
    }
    case "unary":
      return e.operator === "!" && compares(e.value, target, !positive);
    case "call":
      return positive && e.callee.kind === "member" && e.args.some(({ value }) => isColumn(value, target));
    case "binary": {
      const value = isColumn(e.left, target) ? e.right : isColumn(e.right, target) ? e.left : undefined;
      if (value === undefined || isColumn(value, target) || isNothing(value)) return false;
      if (ordered.has(e.operator)) return !(value.kind === "literal" && value.value === 0);
      return (positive ? equal : unequal).has(e.operator);
    }
    default:
      return false;
  }
}

function isNothing(e: Expression): boolean {
  return (e.kind === "literal" && (e.value === null || e.value === undefined)) || (e.kind === "name" && e.name === "undefined");
}

/** A member of the row itself, or what the target takes out of it. */
function isColumn(e: Expression, target: Pattern): boolean {
  if (e.kind === "cast") return isColumn(e.value, target);
  if (target.kind === "bind")
    return e.kind === "member" && e.computed === undefined && e.object.kind === "name" && e.object.binding === target.binding;
  return e.kind === "name" && target.kind === "object" && target.properties.some((one) => isBound(one.target, e.binding));
}

function isBound(target: Pattern, binding: BindingId): boolean {
  return target.kind === "bind" && target.binding === binding;
}

/** `total += o.amount` where the total starts as a number: adding to a text puts texts together. */
function isAddition(act: Activation, s: Statement, row: Pattern): boolean {
  const assign = s.kind === "expression" ? s.value : s;
  if (assign.kind !== "assign" || assign.operator !== "+" || assign.target.kind !== "bind" || assign.value === undefined) return false;
  const before = act.env.get(assign.target.binding, act);
  return typeof (before === undefined ? undefined : constantOf(before)?.value) === "number" && isAmount(assign.value, row);
}

const conversions: ReadonlySet<string> = new Set(["Number", "parseFloat", "parseInt", "BigInt", "int", "float", "Decimal"]);

/** Arithmetic over columns of the row. */
function isAmount(e: Expression, row: Pattern): boolean {
  return isArithmetic(e, row) && someColumn(e, row);
}

function isArithmetic(e: Expression, row: Pattern): boolean {
  switch (e.kind) {
    case "literal":
      return typeof e.value === "number";
    case "member":
    case "name":
      return isColumn(e, row);
    case "cast":
      return isArithmetic(e.value, row);
    case "binary":
      return ["+", "-", "*", "/"].includes(e.operator) && isArithmetic(e.left, row) && isArithmetic(e.right, row);
    case "logical":
      return e.operator !== "&&" && isArithmetic(e.left, row) && isArithmetic(e.right, row);
    case "call":
      return conversions.has(e.callee.kind === "name" ? e.callee.name : "") && e.args.every(({ value }) => isArithmetic(value, row));
    default:
      return false;
  }
}

function someColumn(e: Expression, row: Pattern): boolean {
  if (isColumn(e, row)) return true;
  switch (e.kind) {
    case "cast":
      return someColumn(e.value, row);
    case "binary":
    case "logical":
      return someColumn(e.left, row) || someColumn(e.right, row);
    case "call":
      return e.args.some(({ value }) => someColumn(value, row));
    default:
      return false;
  }
}
