/** What the engine may use for the thread of a scan. */
import { totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";

/**
 * A scan is over in seconds and runs much code a little: the optimizing compiler, which works beside it, cost as much as the scan.
 * Three times as patient it compiles what is worth it. The names are those of V8 in Node 20 and from Node 22 on.
 */
const patience = Number(process.versions.node.split(".")[0]) < 22 ? "--interrupt-budget=400000" : "--invocation-count-for-turbofan=30000";

/** Most of what outlives its youth is kept to the end: looking through it while it grows finds nothing to let go of. In megabytes. */
const roomBeforeCollecting = "--initial-old-space-size=600";

export const engineFlags: readonly string[] = [patience, roomBeforeCollecting];

/** Of the memory of the machine, or of the container that the process is in. */
const share = 0.75;

export interface Memory {
  /** What this process would be given, in MB. */
  readonly engine: number;
  /** What the machine has, in MB. */
  readonly machine: number;
  /** Somebody said how much this process may have. */
  readonly isGiven: boolean;
}

/**
 * The engine stops at 4 GB whatever the machine has, and on the way there collects again and again: a tree of 20,000 files took 2.5 times
 * the CPU of one that may grow. Who says a limit gets that one.
 */
export function heapLimitMb({ engine, machine, isGiven }: Memory = memoryHere()): number {
  return Math.floor(isGiven ? engine : Math.max(engine, machine * share));
}

function memoryHere(): Memory {
  // 0 and huge numbers stand for "no limit".
  const constrained = (process.constrainedMemory() as number | undefined) ?? 0;
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return {
    engine: getHeapStatistics().heap_size_limit / 2 ** 20,
    machine: bytes / 2 ** 20,
    isGiven: [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""].some((flags) => /--max[-_]old[-_]space[-_]size/u.test(flags)),
  };
}

export function threadLimits(): ResourceLimits {
  return {
    maxOldGenerationSizeMb: heapLimitMb(),
    // Most of what an interpreter makes dies at once: with more room for it, it is not copied first.
    maxYoungGenerationSizeMb: 96,
    // The native parser recurses on nesting; the 4 MB that a thread has by default end at code that the main thread reads.
    stackSizeMb: 64,
  };
}
