/** Calls that make, or give back, rows of other tables together with the row that they write: the forms for many rows do neither. */
import type { Expression } from "../../model/facts-expressions.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** Words of Prisma for rows that are made within another. */
const making: ReadonlySet<string> = new Set(["create", "createMany", "connectOrCreate", "upsert"]);

export function readNestedWrites(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of r.t.calls) {
    const options = e.args[0]?.value;
    const data = propertyOf(options, "data");
    if (e.callee.kind !== "member") continue;
    if (propertyOf(options, "include") !== undefined) r.found.nestedWrites.push(placeIn(r, e, spot).place);
    else if (
      data?.kind === "object" &&
      data.properties.some(({ value }) => value.kind === "object" && value.properties.some(({ name }) => making.has(name)))
    )
      r.found.nestedWrites.push(placeIn(r, e, spot).place);
  }
}

function propertyOf(e: Expression | undefined, name: string): Expression | undefined {
  return e?.kind === "object" ? e.properties.find((one) => one.name === name)?.value : undefined;
}
