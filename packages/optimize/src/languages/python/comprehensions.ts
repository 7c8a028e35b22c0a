/** Comprehensions and generator expressions: the element stands before the loops that bind its names. */
import type { ComprehensionExpression, Expression } from "../../model/facts-expressions.ts";
import { binary, expression, targets } from "./expressions.ts";
import { toPatternIn } from "./patterns.ts";
import type { Reading } from "./reading.ts";
import { closeScope, openScope } from "./scope.ts";
import { accept, advance, expect, is } from "./tokens.ts";

type Clauses = { -readonly [K in keyof ComprehensionExpression["clauses"][number]]: ComprehensionExpression["clauses"][number][K] }[];

/** Reads the clauses behind an element whose references start at `mark`. */
export function comprehension(
  r: Reading,
  form: ComprehensionExpression["form"],
  value: Expression,
  key: Expression | undefined,
  at: number,
  mark: number,
): ComprehensionExpression {
  const outer = openScope(r, r.fn, "comprehension");
  const { self, fresh, bound } = r;
  const clauses: Clauses = [];
  let from = -1;
  let to = -1;
  while (r.kind === "for" || r.kind === "async") {
    const isAsync = accept(r, "async");
    expect(r, "for");
    const target = toPatternIn(r, targets(r), r.scope);
    expect(r, "in");
    const first = clauses.length === 0;
    if (first) from = r.references.length;
    const iterable = is(r, "lambda") ? expression(r) : binary(r, 1);
    if (first) to = r.references.length;
    const tests: Expression[] = [];
    while (is(r, "if")) {
      advance(r);
      tests.push(condition(r));
    }
    clauses.push({ target, iterable, tests, async: isAsync });
  }
  closeScope(r, outer, mark, from, to);
  Object.assign(r, { self, fresh, bound });
  const { before: end } = r;
  return key === undefined
    ? { kind: "comprehension", form, clauses, value, at, end }
    : { kind: "comprehension", form, clauses, value, key, at, end };
}

function condition(r: Reading): Expression {
  const at = r.start;
  const value = r.kind === "lambda" ? expression(r) : binary(r, 1);
  if (!accept(r, ":=")) return value;
  return { kind: "assign", target: toPatternIn(r, value, undefined), value: binary(r, 1), operator: "", at, end: r.before };
}
