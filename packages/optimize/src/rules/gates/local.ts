/** What several rules about lists and loops of single functions ask. */
import type { LocalList, LocalLoop } from "../../model/local.ts";
import type { FunctionInfo, Project } from "../../model/project.ts";
import { coldReason } from "./hot.ts";

/** Measured on Node 20: below so many elements a list is gone through faster than a set of it is made. */
const smallList = 32;
/** So few rounds repeat nothing worth a finding. */
const fewRounds = 10;

/** Both the list and the loop may be as long as somebody's data is. */
export function isLong(list: LocalList, loop: LocalLoop): boolean {
  return isLongList(list) && isLongLoop(loop);
}

export function isLongList({ max, fixed }: LocalList): boolean {
  return !fixed && (max === undefined || max > smallList);
}

export function isLongLoop({ max, fixed }: LocalLoop): boolean {
  return !fixed && (max === undefined || max > fewRounds);
}

/** Why what a function computes cannot be said to matter. */
export function localDoubts(project: Project, fn: FunctionInfo, list: LocalList | undefined, loop: LocalLoop | undefined): string[] {
  const reasons = [...coldReason(project, fn)];
  if (list !== undefined && !list.proven) reasons.push(`${quoted(list.words)} is not proven to be a list`);
  if (list !== undefined && loop !== undefined && !isFilled(list, loop))
    reasons.push("the lengths of both are not seen to come from what was read or sent");
  if (loop?.waits === true) reasons.push("each round waits for something that takes longer");
  return reasons;
}

/** Rows, or what was sent, decide how long both are; or both are made of tables. A loop without a list works off the list itself. */
function isFilled(list: LocalList, loop: LocalLoop): boolean {
  if (loop.form === "while" || loop.form === "do") return list.data || list.table || list.grows;
  if (list.grows) return loop.data || loop.table;
  return (loop.data && list.data) || (loop.table && list.table);
}

export function quoted(words: string): string {
  return words === "" || words.length > 60 ? "the list" : `\`${words}\``;
}

/** "each element of `orders`", "each round". */
export function eachOf(loop: LocalLoop): string {
  return loop.words === "" || loop.words.length > 60 ? "each round of the loop" : `each element of \`${loop.words}\``;
}

export function loopPlace(loop: LocalLoop | undefined): { readonly place: LocalLoop["place"]; readonly role: string }[] {
  return loop === undefined ? [] : [{ place: loop.place, role: "the loop" }];
}
