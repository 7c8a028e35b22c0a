/** Calls that make rows of other tables together with the row that they write. */
import type { Expression } from "../../model/facts-expressions.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** Words of Prisma for rows that are made within another. */
const making: ReadonlySet<string> = new Set(["create", "createMany", "connectOrCreate", "upsert"]);

export function readNestedWrites(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of r.t.calls) {
    const data = propertyOf(e.args[0]?.value, "data");
    if (data?.kind !== "object" || e.callee.kind !== "member") continue;
    if (data.properties.some(({ value }) => value.kind === "object" && value.properties.some(({ name }) => making.has(name))))
      r.found.nestedWrites.push(placeIn(r, e, spot).place);
  }
}

function propertyOf(e: Expression | undefined, name: string): Expression | undefined {
  return e?.kind === "object" ? e.properties.find((one) => one.name === name)?.value : undefined;
}
