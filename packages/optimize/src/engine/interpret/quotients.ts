/** Lists that are cut into pieces by counting: `groups[Math.floor(i / size)].push(item)`, `groups[i % count].push(item)`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { blocksOf } from "../local/parts.ts";
import type { Activation } from "./activation.ts";

const rounding: ReadonlySet<string> = new Set(["floor", "ceil", "trunc", "round"]);

/** The number of a piece: a quotient without its rest, or the rest. */
export function isPieceNumber(act: Activation, e: Expression): boolean {
  if (e.kind === "cast") return isPieceNumber(act, e.value);
  if (e.kind === "name") return e.binding >= 0 && startsAsPieceNumber(act, e.binding);
  if (e.kind === "binary") return e.operator === "%" || (e.operator === "|" && isRatio(e.left));
  if (e.kind !== "call" || e.callee.kind !== "member" || e.callee.object.kind !== "name") return false;
  const [first] = e.args;
  return e.callee.object.name === "Math" && rounding.has(e.callee.name) && first !== undefined && isRatio(first.value);
}

/** Something is divided in it: `i / size`, `(i / length) * count`. */
function isRatio(e: Expression): boolean {
  if (e.kind === "cast") return isRatio(e.value);
  return e.kind === "binary" && (e.operator === "/" || (e.operator === "*" && (isRatio(e.left) || isRatio(e.right))));
}

function startsAsPieceNumber(act: Activation, binding: number): boolean {
  const { facts } = act.unit;
  const owner = facts.functions[facts.bindings[binding]?.owner ?? 0];
  const first = owner === undefined ? undefined : startOf(owner.body, binding);
  return first !== undefined && first.kind !== "name" && isPieceNumber(act, first);
}

function startOf(statements: readonly Statement[], binding: number): Expression | undefined {
  for (const s of statements) {
    if (s.kind === "assign" && s.target.kind === "bind" && s.target.binding === binding) return s.value;
    for (const block of blocksOf(s)) {
      const inner = startOf(block, binding);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}
