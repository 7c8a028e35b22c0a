/** Lists that a loop fills with what it reads piece by piece, and that are only gone through, or written out, once it has ended. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Gathering } from "../../model/gathering.ts";
import { isInside, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Around, Spot, Use } from "./text.ts";

const adding: ReadonlySet<string> = new Set(["push", "append", "extend"]);
/** They write what they are given element by element. */
const writing: ReadonlySet<string> = new Set(["writerows", "writelines"]);

export function readGatherings(r: Reading): void {
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || s.target.kind !== "bind" || spot.fn === 0 || !isEmptyList(r, s.value)) continue;
    const uses = r.t.bindings.get(s.target.binding);
    if (uses === undefined || uses.writes.length !== 1 || r.t.facts.bindings[s.target.binding]?.owner !== spot.fn) continue;
    const found = gathered(r, s.target.name, uses.reads, spot);
    if (found !== undefined) r.found.gatherings.push(found);
  }
}

function isEmptyList(r: Reading, e: Expression | undefined): boolean {
  if (e?.kind === "cast") return isEmptyList(r, e.value);
  if (e?.kind === "array") return e.elements.length === 0;
  return (
    r.python && e?.kind === "call" && e.args.length === 0 && e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "list"
  );
}

function gathered(r: Reading, name: string, reads: readonly Use[], made: Spot): Gathering | undefined {
  const adds = reads.filter(isAddition);
  const others = reads.filter((use) => !isAddition(use));
  const [first] = adds;
  const loop = first?.spot.loops[made.loops.length];
  if (first === undefined || loop === undefined || adds.some(({ spot }) => spot.fn !== made.fn || spot.loops[made.loops.length] !== loop))
    return undefined;
  const source = sourceOf(loop);
  if (source === undefined) return undefined;
  let used: { readonly node: Expression | Statement; readonly as: Gathering["used"]; readonly spot: Spot } | undefined;
  for (const use of others) {
    // How many there are so far may end the loop.
    if (isInside(loop.node, use.e) || use.spot.fn !== made.fn) return undefined;
    if (isCounting(use)) continue;
    const as = usedAs(use);
    // Used in a loop of its own, or twice: it is needed as a list.
    if (as === undefined || used !== undefined || use.spot.loops.length !== made.loops.length) return undefined;
    used = { node: use.e, as, spot: use.spot };
  }
  if (used === undefined || used.node.at < loop.node.end) return undefined;
  return {
    ...placeIn(r, first.above as Expression, first.spot),
    name,
    loop: placeIn(r, loop.node, first.spot).place,
    source,
    over: loop.iterable === undefined ? undefined : placeIn(r, loop.iterable, first.spot).place,
    waits: loop.statement?.async === true,
    use: placeIn(r, used.node, used.spot).place,
    used: used.as,
  };
}

function isAddition({ e, parent, above }: Use): boolean {
  return parent?.kind === "member" && parent.object === e && adding.has(parent.name) && above?.kind === "call" && above.callee === parent;
}

/** `rows.length`, `len(rows)` */
function isCounting({ e, parent }: Use): boolean {
  if (parent?.kind === "member") return parent.object === e && parent.name === "length";
  return parent?.kind === "call" && parent.callee.kind === "name" && parent.callee.name === "len";
}

function sourceOf({ form }: Around): Gathering["source"] | undefined {
  if (form === "each") return "each";
  return form === "while" || form === "do" ? "pages" : undefined;
}

function usedAs({ e, parent, above }: Use): Gathering["used"] | undefined {
  if (parent?.kind === "loop" && parent.form === "each" && parent.iterable === e) return "walked";
  if (parent?.kind === "member" && parent.object === e && parent.name === "forEach" && above?.kind === "call") return "walked";
  return parent?.kind === "call" && parent.callee.kind === "member" && writing.has(parent.callee.name) ? "written" : undefined;
}
