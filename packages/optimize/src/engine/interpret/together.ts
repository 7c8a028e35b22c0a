/** Functions of one file that a framework calls for the same request: what one of them reads, another need not read again. */
import type { RepeatedRead } from "../../model/project.ts";
import type { DoneRead } from "./activation.ts";
import { functionInfo } from "./unit.ts";
import type { RanRoot } from "./runs.ts";
import type { Unit } from "./unit.ts";
import { pathOf } from "./ways.ts";

export function readsTogether(ran: readonly RanRoot[]): readonly RepeatedRead[] {
  const files = new Map<Unit, RanRoot[]>();
  for (const one of ran) {
    if (one.root.together !== true) continue;
    const list = files.get(one.root.unit);
    if (list === undefined) files.set(one.root.unit, [one]);
    else list.push(one);
  }
  return [...files.values()].flatMap((list) => {
    const sorted = [...list].sort((a, b) => a.root.node.at - b.root.node.at);
    return sorted.flatMap((one, i) => sorted.slice(i + 1).flatMap((other) => repeated(asksOf(one), asksOf(other), other)));
  });
}

function asksOf({ summaries }: RanRoot): readonly DoneRead[] {
  return summaries.flatMap(({ asks }) => asks).filter(({ effect, loops }) => !effect.memoized && !effect.once && loops === 0);
}

function repeated(before: readonly DoneRead[], after: readonly DoneRead[], { root }: RanRoot): readonly RepeatedRead[] {
  return after.flatMap((read) => {
    const same = before.find(({ key }) => key === read.key);
    const first = same ?? before.find(({ row }) => row !== undefined && row === read.row);
    // What does not depend on the request is another matter: it could be kept for longer than that.
    if (first === undefined || !read.key.includes("$")) return [];
    return [
      {
        operation: read.effect.operation,
        first: first.place,
        second: read.place,
        firstPath: pathOf(first.effect),
        secondPath: pathOf(read.effect),
        function: functionInfo(root.unit, root.fn),
        conditional: read.conditions.length > 0 || first.conditions.length > 0,
        guessed: read.guess?.open === true || first.guess?.open === true,
        together: true,
        ...(same === undefined ? { otherColumns: true as const } : {}),
      },
    ];
  });
}
