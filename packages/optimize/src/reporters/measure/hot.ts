/** Where the process spends its time and memory. */
import { clean } from "../layout/sanitise.ts";
import { counted } from "../layout/words.ts";
import { placeText } from "./evidence-lines.ts";
import { ofKind, type Measured } from "./input.ts";

/** Stalls, open files, the verdict, and functions by their time. */
export function hot({ set, all, paint }: Measured): string[] {
  const lines: string[] = [];
  for (const { count, time, stack } of ofKind(set, "stall")
    .filter((one) => one.stack.length > 0)
    .slice(0, 3))
    lines.push(
      `The event loop stood still ${counted(count, "time")}, at most ${time.max.toFixed(0)} ms${stack[0] === undefined ? "" : `: ${placeText(stack[0])}`}`,
    );
  for (const { library, size, waits, requests, routes, time } of ofKind(set, "pool")) {
    const how = set.environment.circumstance === "test" ? "" : `, median ${time.median.toFixed(1)} ms, at most ${time.max.toFixed(0)} ms`;
    lines.push(
      `Pool of ${clean(library)} exhausted: all ${counted(size, "connection")} were taken when ${counted(waits, "call")} in ${counted(requests, "request")} asked for one${how}${routes.length === 0 ? "" : ` · ${clean(routes.slice(0, 3).join(", "))}`}`,
    );
  }
  const [resource] = ofKind(set, "resource");
  if (resource?.files !== undefined)
    lines.push(
      `Open files grew from ${resource.files.first} to ${resource.files.last} in ${resource.files.seconds.toFixed(0)} s: something opens files or connections and does not close them`,
    );
  if (set.environment.circumstance !== "test") {
    if (resource !== undefined && resource.verdict !== "unknown")
      lines.push(
        `${verdicts[resource.verdict]}: event loop busy ${Math.round(resource.utilisation * 100)} % of the time, garbage collection ${((100 * resource.gc.total) / resource.wall).toFixed(1)} % (longest ${resource.gc.max.toFixed(1)} ms), loop delay at most ${resource.delay.max.toFixed(0)} ms`,
      );
  }
  const functions = ofKind(set, "cpu")
    .filter(({ self, samples }) => samples >= 20 && self > 0)
    .toSorted((a, b) => b.self - a.self);
  const hottest = functions.filter(({ share }) => all || share >= 0.05).slice(0, all ? 50 : 5);
  if (hottest.length > 0) {
    lines.push(paint("bold", "CPU by function of the program (share with what it calls · own time)"));
    for (const { place, share, self } of hottest)
      lines.push(
        `  ${`${Math.round(share * 100)} %`.padStart(5)}  ${`${self.toFixed(0)} ms`.padStart(8)}  ${placeText(place)}${place.function === undefined ? "" : ` ${clean(place.function)}`}`,
      );
  }
  return lines;
}

/** Functions by what they allocate. */
export function allocations({ set, all, paint }: Measured): string[] {
  const list = ofKind(set, "allocation");
  if (list.length === 0) return [];
  return [
    paint("bold", "Allocations by function of the program, with the libraries that it calls (sampled; what was collected again too)"),
    ...list
      .slice(0, all ? 50 : 5)
      .map(
        ({ place, bytes, share }) =>
          `  ${`${Math.round(share * 100)} %`.padStart(5)}  ${`${(bytes / 1e6).toFixed(1)} MB`.padStart(10)}  ${placeText(place)}${place.function === undefined ? "" : ` ${clean(place.function)}`}`,
      ),
  ];
}

const verdicts = {
  CPU: "CPU-bound",
  "I/O": "I/O-bound",
  waiting: "Mostly waiting for neither database nor network",
  GC: "Bound by garbage collection",
} as const;
