/** What generating the load costs this thread: its processor time, its garbage collections. */
import { readFileSync } from "node:fs";
import { performance, PerformanceObserver } from "node:perf_hooks";
import { add, workerCell } from "../recording.ts";

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const millisecondsATick = 10;

/** Milliseconds of processor time of this thread; where only the whole process can be asked, the time in which its event loop was not idle. */
function busyTime(): number {
  try {
    const text = readFileSync("/proc/thread-self/stat", "latin1");
    // The name before may hold anything, up to its last bracket.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * millisecondsATick;
  } catch {
    return performance.eventLoopUtilization().active;
  }
}

/** Begins to watch; `update` writes down what there was since. */
export function watchHealth(counts: Float64Array): { readonly begin: () => void; readonly update: () => void; readonly end: () => void } {
  let [busy, begun] = [0, 0];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      add(counts, workerCell.collections);
      add(counts, workerCell.collecting, duration);
      if (duration > (counts[workerCell.longest] ?? 0)) counts[workerCell.longest] = duration;
    }
  });
  observer.observe({ type: "gc" });
  return {
    begin: () => {
      busy = busyTime();
      begun = performance.now();
      counts[workerCell.collections] = counts[workerCell.collecting] = counts[workerCell.longest] = 0;
    },
    update: () => {
      counts[workerCell.cpu] = busyTime() - busy;
      counts[workerCell.wall] = performance.now() - begun;
    },
    end: () => observer.disconnect(),
  };
}
