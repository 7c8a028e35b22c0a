/** Table names behind values: strings, model classes, library values that carry one. */
import { tableOfClass } from "./classes.ts";
import type { Value } from "./value.ts";
import type { World } from "./world.ts";

export function tableName(world: World, value: Value | undefined): string | undefined {
  for (const origin of value?.what ?? []) {
    if (origin.kind === "const" && typeof origin.value === "string") return origin.value;
    if (origin.kind === "class") return tableOfClass(world, origin.ref);
    if (origin.kind === "library" && origin.table !== undefined) return origin.table;
  }
  return undefined;
}
