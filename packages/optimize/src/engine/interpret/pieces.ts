/** Generators that gather a number of elements and hand them on together: whoever goes through them goes through pieces. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { blocksOf, someInside } from "../local/parts.ts";
import { partsOf } from "../local/reading.ts";

/** Does it hand on a list when that has become so long, and begin a new one? */
export function yieldsPieces(fn: FunctionFacts): boolean {
  let known = found.get(fn);
  if (known === undefined) found.set(fn, (known = fn.body.some((s) => handsOnFull(s, false))));
  return known;
}

const found = new WeakMap<FunctionFacts, boolean>();

function handsOnFull(s: Statement, looped: boolean): boolean {
  if (looped && s.kind === "branch" && s.then.some((one) => handsOn(one, s))) return true;
  const inside = looped || s.kind === "loop";
  return blocksOf(s).some((block) => block.some((one) => handsOnFull(one, inside)));
}

/** `if len(batch) >= size: yield batch; batch = []` */
function handsOn(s: Statement, branch: Extract<Statement, { kind: "branch" }>): boolean {
  return partsOf(s).some((part) =>
    someInside(
      part,
      (e) =>
        e.kind === "yield" &&
        e.value !== undefined &&
        someInside(
          e.value,
          (name) =>
            name.kind === "name" &&
            someInside(branch.test, (asked) => asksLength(asked, name.name)) &&
            branch.then.some((after) => after.at > s.at && empties(after, name.name)),
        ),
    ),
  );
}

function asksLength(e: Expression, name: string): boolean {
  if (e.kind === "member") return e.name === "length" && isName(e.object, name);
  return e.kind === "call" && isName(e.callee, "len") && e.args.length === 1 && isName(e.args[0]?.value, name);
}

function empties(s: Statement, name: string): boolean {
  if (s.kind === "assign") return s.target.kind === "bind" && s.target.name === name && s.value !== undefined && isEmpty(s.value);
  return s.kind === "expression" && s.value.kind === "call" && s.value.callee.kind === "member" && isCleared(s.value.callee, name);
}

function isCleared({ object, name: method }: Extract<Expression, { kind: "member" }>, name: string): boolean {
  return method === "clear" && isName(object, name);
}

function isEmpty(e: Expression): boolean {
  if (e.kind === "array") return e.elements.length === 0;
  return e.kind === "call" && e.args.length === 0 && (isName(e.callee, "list") || e.new);
}

function isName(e: Expression | undefined, name: string): boolean {
  return e?.kind === "name" && e.name === name;
}
