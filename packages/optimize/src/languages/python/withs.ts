/** `with`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import { nested } from "./blocks.ts";
import { expression } from "./expressions.ts";
import { toPattern } from "./patterns.ts";
import type { Reading } from "./reading.ts";
import { accept, advance, ahead, expect, skipString } from "./tokens.ts";

interface Item {
  readonly value: Expression;
  readonly target?: Pattern;
}

/** `with a as b, c:`, also in brackets. */
export function withStatement(r: Reading, isAsync: boolean, at: number): void {
  advance(r);
  const items: Item[] = [];
  const bracketed = r.kind === "(" && ahead(r, () => bracketsHoldItems(r));
  if (bracketed) advance(r);
  r.blocks++;
  while (r.kind !== ")" && r.kind !== ":") {
    const value = expression(r);
    if (accept(r, "as")) items.push({ value, target: toPattern(r, expression(r)) });
    else items.push({ value });
    if (!accept(r, ",")) break;
  }
  r.blocks--;
  if (bracketed) expect(r, ")");
  const body = nested(r);
  r.out.push({ kind: "with", items, async: isAsync, body, at, end: r.before });
}

/** Whether brackets behind `with` hold a list of items, and not one value: a colon follows, and inside is `as` or a comma. */
function bracketsHoldItems(r: Reading): boolean {
  const outside = r.brackets - 1;
  let several = false;
  for (let tokens = 0; r.kind !== "end" && r.kind !== "newline"; tokens++) {
    // Nobody writes so many, and brackets that never close must not be looked through again for each of them.
    if (tokens > 2000) return false;
    advance(r);
    if (r.kind === "fstring") skipString(r);
    if (r.brackets === outside + 1 && (r.kind === "as" || r.kind === ",")) several = true;
    // A generator or comprehension in brackets is one value.
    if (r.brackets === outside + 1 && r.kind === "for") return false;
    if (r.brackets === outside) break;
  }
  advance(r);
  return several && r.kind === ":";
}
