/** Related rows that a statement loads with its rows and puts in order: `include: { views: { orderBy: { at: "desc" } } }`, as Prisma says it. */
import type { Expression } from "../../model/facts-expressions.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

/** They leave some of the rows out, or may. */
const narrowing: ReadonlySet<string> = new Set(["take", "cursor", "where", "distinct"]);

export function readNestedReads(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of r.t.calls) {
    const options = e.args[0]?.value;
    if (e.callee.kind === "member" && options?.kind === "object") below(r, options, spot, [], placeIn(r, e, spot).place);
  }
}

type Place = ReturnType<typeof placeIn>["place"];

function below(r: Reading, options: Expression, spot: Spot, path: readonly string[], call: Place): void {
  if (options.kind !== "object") return;
  for (const { name, value } of options.properties) {
    if ((name !== "include" && name !== "select") || value.kind !== "object") continue;
    for (const relation of value.properties) {
      if (relation.value.kind !== "object" || relation.name === "" || relation.name === "_count") continue;
      const here = [...path, relation.name];
      const newest = newestBy(relation.value);
      if (newest !== undefined) r.found.nestedReads.push({ ...placeIn(r, relation.value, spot), call, path: here, newest });
      below(r, relation.value, spot, here, call);
    }
  }
}

/** The column by which the newest come first, where nothing limits or narrows them. */
function newestBy(options: Expression): string | undefined {
  if (options.kind !== "object" || options.properties.some((one) => one.spread || narrowing.has(one.name))) return undefined;
  const order = options.properties.find(({ name }) => name === "orderBy")?.value;
  const first = order?.kind === "array" ? order.elements[0]?.value : order;
  const by = first?.kind === "object" ? first.properties[0] : undefined;
  return by !== undefined && by.value.kind === "literal" && by.value.value === "desc" && by.name !== "" ? by.name : undefined;
}
