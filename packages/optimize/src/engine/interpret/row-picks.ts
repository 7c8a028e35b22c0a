/** What the code does with all the rows of a query, one by one. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Place } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { Operation } from "./operation.ts";
import { note } from "./operation.ts";
import type { RowUse } from "./row-loops.ts";

export function noteRowUse(act: Activation, rows: string, use: RowUse, iterable: Expression): void {
  const operation = act.world.operations.get(rows);
  if (operation === undefined) return;
  const place = act.place(iterable);
  if (use === "filter") notePick(act, operation, true, place);
  note(operation, use, place);
}

/** The choice among the rows has to be one that the database could make, and the only one: a list that is looked into again and again is a table in memory. */
export function notePick(act: Activation, operation: Operation, plain: boolean, place: Place): void {
  for (let one: Operation | undefined = operation; one !== undefined; one = one.parent) {
    const others = [one.uses.get("filter"), one.uses.get("find")].some(
      (other) => other !== undefined && (other.at !== place.at || other.file !== place.file),
    );
    one.picks = plain && !others && act.loops.length === 0 && one.picks !== "code" ? "columns" : "code";
  }
}
