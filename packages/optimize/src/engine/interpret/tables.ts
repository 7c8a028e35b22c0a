/** Table names behind values: strings, model classes, library values that carry one. */
import { tableOfBase, tableOfClass } from "./classes.ts";
import type { Value } from "./value.ts";
import type { World } from "./world.ts";

export function tableName(world: World, value: Value | undefined): string | undefined {
  for (const origin of value?.what ?? []) {
    if (origin.kind === "const" && typeof origin.value === "string") return origin.value;
    if (origin.kind === "class") return tableOfClass(world, origin.ref);
    if (origin.kind === "instance") {
      const table = tableOfBase(world, origin.ref);
      if (table !== undefined) return table;
    }
    if (origin.kind === "array") {
      const table = tableName(world, origin.element);
      if (table !== undefined) return table;
    }
    if (origin.kind === "library" && origin.table !== undefined) return origin.table;
  }
  return undefined;
}
