/** Whether a function did something in one of its contexts: what did nothing is told apart by what it is called with for a shorter time. */
import type { Summary } from "./summary.ts";
import type { Value } from "./value.ts";

/** It has an effect, waits, or gives something to have one with. */
export function isBusy({ effects, told, returns }: Summary): boolean {
  return effects.length > 0 || (told !== undefined && told.awaits.length > 0) || givesMore(returns, 0);
}

/** More than data: something that can be called, asked or awaited. */
function givesMore({ what }: Value, depth: number): boolean {
  return what.some((origin) => {
    switch (origin.kind) {
      case "const":
      case "scalar":
      case "pattern":
      case "instance":
        return false;
      case "array":
        return depth < 3 && givesMore(origin.element, depth + 1);
      case "map":
      case "promise":
        return depth < 3 && givesMore(origin.value, depth + 1);
      case "object":
        return depth < 3 && [...origin.object.props.values()].some((value) => givesMore(value, depth + 1));
      default:
        return true;
    }
  });
}
