/** Binary operators. Long chains come out balanced: whoever walks Facts meets no deeper tree than people write. */
import type { Expression } from "../../model/facts-expressions.ts";
import { binary, unary } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { accept, advance, ahead, unexpected } from "./tokens.ts";

const comparison = 4;
const powers: ReadonlyMap<string, number> = new Map([
  ["or", 1],
  ["and", 2],
  ...["<", ">", "==", ">=", "<=", "!=", "<>", "in", "is", "not"].map((one): [string, number] => [one, comparison]),
  ["|", 5],
  ["^", 6],
  ["&", 7],
  ["<<", 8],
  [">>", 8],
  ["+", 9],
  ["-", 9],
  ["*", 10],
  ["/", 10],
  ["//", 10],
  ["%", 10],
  ["@", 10],
]);

/** Chains longer than this come out balanced. */
const flatOperands = 32;

/** How tightly the current token binds as an operator; 0 when it is none. */
export function powerOf(r: Reading): number {
  return powers.get(r.kind) ?? 0;
}

/** Goes on behind a left operand as long as operators bind at least as tightly as `least`. */
export function binaryChain(r: Reading, first: Expression, least: number, at: number): Expression {
  let left = first;
  for (;;) {
    const power = powerOf(r);
    if (power < least || power === 0) return left;
    if (r.kind === "not" && !notIn(r)) return left;
    left = level(r, left, power, at);
  }
}

/** `not` as an operator is the start of `not in`. */
function notIn(r: Reading): boolean {
  return ahead(r, () => {
    advance(r);
    return r.kind === "in";
  });
}

/** All operands that one level of operators joins. */
function level(r: Reading, first: Expression, power: number, at: number): Expression {
  const operands: Expression[] = [first];
  const operators: string[] = [];
  while (powerOf(r) === power) {
    const operator = operatorOf(r);
    if (operator === undefined) break;
    operators.push(operator);
    operands.push(r.kind === "not" ? binary(r, 3) : power === 10 ? unary(r) : binary(r, power + 1));
  }
  if (power === comparison) return compared(operands, operators, at, r.before);
  if (operands.length > flatOperands) return balanced(operands, operators, 0, operands.length);
  let left = first;
  for (const [i, operator] of operators.entries()) left = join(operator, left, operands[i + 1] as Expression, at);
  return left;
}

/** Goes behind an operator; gives its name in Facts, with a leading `!` for the negated membership. */
function operatorOf(r: Reading): string | undefined {
  const { kind } = r;
  if (kind === "not") {
    if (!notIn(r)) return undefined;
    advance(r);
    advance(r);
    return "!in";
  }
  advance(r);
  if (kind === "is") return accept(r, "not") ? "!==" : "===";
  if (kind === "==") return "===";
  if (kind === "!=" || kind === "<>") return "!==";
  if (!powers.has(kind)) throw unexpected(r, r.start);
  return kind;
}

/** `a < b < c` holds when both do; `b` is evaluated once, so that the second comparison is of what came before. */
function compared(operands: readonly Expression[], operators: readonly string[], at: number, end: number): Expression {
  let left = operands[0] as Expression;
  for (const [i, operator] of operators.entries()) {
    const right = operands[i + 1] as Expression;
    if (i > 0) left = { kind: "binary", operator: `chained ${operator}`, left, right, at, end: right.end };
    else if (operator === "!in")
      left = {
        kind: "unary",
        operator: "!",
        value: { kind: "binary", operator: "in", left, right, at, end: right.end },
        at,
        end: operators.length === 1 ? end : right.end,
      };
    else left = join(operator, left, right, at);
  }
  return left;
}

function join(operator: string, left: Expression, right: Expression, at: number): Expression {
  if (operator === "and") return { kind: "logical", operator: "&&", left, right, at, end: right.end };
  if (operator === "or") return { kind: "logical", operator: "||", left, right, at, end: right.end };
  return { kind: "binary", operator, left, right, at, end: right.end };
}

/** Operands in source order as a tree of logarithmic depth; `operators[i]` joins operands i and i+1. */
function balanced(operands: readonly Expression[], operators: readonly string[], from: number, to: number): Expression {
  if (to - from === 1) return operands[from] as Expression;
  const middle = (from + to) >> 1;
  const left = balanced(operands, operators, from, middle);
  const right = balanced(operands, operators, middle, to);
  return join(operators[middle - 1] ?? "+", left, right, left.at);
}
