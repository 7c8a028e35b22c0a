/** A function that the interpretation cannot digest costs itself and not the scan. */
import type { Summary } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { functionInfo } from "./unit.ts";
import { fail } from "./world.ts";
import type { World } from "./world.ts";

/** Runs `body` as the innermost of the summaries in progress; what it throws becomes a row in the failures, and what was seen before stays. */
export function contained(world: World, unit: Unit, summary: Summary, body: () => void): void {
  const depth = world.stack.push(summary) - 1;
  try {
    body();
  } catch (error) {
    const { symbol, module, line } = functionInfo(unit, summary.fn);
    const what = module ? "the module's own code" : symbol === "" ? `the function on line ${String(line)}` : symbol;
    if (error instanceof RangeError)
      fail(world, unit.facts.file, "too-deep", `${what} nests too deeply to follow; a part of it was not seen`);
    else
      fail(
        world,
        unit.facts.file,
        "internal",
        `a fault of optimize itself in ${what}: ${error instanceof Error ? error.message : String(error)}`,
      );
  } finally {
    world.stack.length = depth;
  }
}
