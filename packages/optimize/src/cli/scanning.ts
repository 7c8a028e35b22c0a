/** One scan of a command: settings, progress, interruption, and the engine in its own thread. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { loadConfig, type Config } from "../engine/config.ts";
import { readEvidence, type KeptEvidence } from "../engine/evidence-store.ts";
import type { Progress, ScanOptions } from "../engine/scan.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Run } from "../model/finding.ts";
import { nearest } from "../model/nearest.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Arguments } from "./args.ts";
import { progressLine } from "./progress.ts";
import { scanOptions } from "./scan-flags.ts";
import type { WorkerMessage } from "./scan-worker.ts";
import type { Terminal } from "./terminal.ts";

export interface Scanned {
  /** Absolute. */
  readonly root: string;
  readonly run: Run;
  readonly config: Config;
  readonly seconds: number;
}

/** Scans the folder that the arguments name. Throws an OptimizeError for a folder or settings that cannot be used. */
export async function scanFolder(path: string | undefined, args: Arguments, terminal: Terminal): Promise<Scanned> {
  const root = folderAt(path, terminal);
  const { config, notices } = await loadConfig(root, args.text("config"), terminal.cwd);
  for (const notice of notices) terminal.err(`optimize: ${clean(notice)}\n`);
  const begun = performance.now();
  const kept = await readEvidence(root);
  if (kept.changed.length > 0) terminal.err(`optimize: ${ageText(kept)}\n`);
  const run = await runScan(root, { ...scanOptions(args, config), evidence: kept.sets }, terminal);
  checkPackage(args.text("package"), run.project.packages);
  return { root, run, config, seconds: (performance.now() - begun) / 1000 };
}

/** Evidence does not count for files that have changed since: said once, because a finding may have been proven yesterday. */
function ageText({ changed, takenAt = "" }: KeptEvidence): string {
  const [first = ""] = changed;
  const files = changed.length === 1 ? `${clean(first)} has` : `${clean(first)} and ${changed.length - 1} more files have`;
  return `${files} changed since the evidence of ${takenAt.slice(0, 16).replace("T", " ")} UTC, which does not count there: optimize measure takes it again`;
}

/** A misspelt package would look like a clean one. */
function checkPackage(name: string | undefined, packages: readonly string[]): void {
  if (name === undefined || packages.includes(name)) return;
  const near = nearest(name, packages);
  const list = packages.length === 0 ? "this folder holds no packages" : `packages are ${packages.slice(0, 20).join(", ")}`;
  throw new OptimizeError("usage", `there is no package ${name}${near === undefined ? "" : `; did you mean ${near}?`}`, { hint: list });
}

/** The absolute path of a folder that is there. */
export function folderAt(path: string | undefined, terminal: Terminal): string {
  const root = resolve(terminal.cwd, path ?? ".");
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined) throw new OptimizeError("not-found", `there is no folder ${path ?? root}`);
  if (!stats.isDirectory())
    throw new OptimizeError("not-a-folder", `${path ?? root} is no folder`, {
      hint: "name the folder that holds it; --changed or --rule narrow what is shown",
    });
  return root;
}

/** Runs the engine with progress on stderr; rejects with "interrupted" at once on Ctrl-C. */
export async function runScan(root: string, options: ScanOptions, terminal: Terminal): Promise<Run> {
  if (terminal.signal.aborted) throw interrupted();
  const line = progressLine(terminal);
  try {
    const run = await scanSomewhere(root, options, line.show, terminal.signal);
    // What comes after writes and prints: not when the person has asked to stop.
    if (terminal.signal.aborted) throw interrupted();
    return run;
  } finally {
    line.clear();
  }
}

type OnProgress = (progress: Progress) => void;

async function scanSomewhere(root: string, options: ScanOptions, onProgress: OnProgress, signal: AbortSignal): Promise<Run> {
  if (!import.meta.url.endsWith(".ts")) return scanInThread(root, options, onProgress, signal);
  // Sources that are run by a test have no built worker to load; the thread is there for Ctrl-C, not for the result.
  const { scan } = await import("../engine/scan.ts");
  return scan(root, { ...options, onProgress, signal });
}

/** The native parser recurses on nesting; the 4 MB that a thread has by default end at code that the main thread reads. */
const stackSizeMb = 64;

/** Most of what an interpreter makes dies at once: with more room for it, it is not copied first. */
const youngGenerationMb = 96;

/**
 * A scan is over in seconds and runs much code a little: the optimizing compiler, which works beside it, cost as much as the scan.
 * Three times as patient it compiles what is worth it. The names are those of V8 in Node 20 and from Node 22 on.
 */
const patience = Number(process.versions.node.split(".")[0]) < 22 ? "--interrupt-budget=400000" : "--invocation-count-for-turbofan=30000";

/** Most of what outlives its youth is kept to the end: looking through it while it grows finds nothing to let go of. In megabytes. */
const roomBeforeCollecting = "--initial-old-space-size=600";

// A long computation keeps its thread from seeing a signal. In a thread of its own it can be ended at any moment.
function scanInThread(root: string, options: ScanOptions, onProgress: OnProgress, signal: AbortSignal): Promise<Run> {
  return new Promise((resolveRun, reject) => {
    setFlagsFromString(patience);
    setFlagsFromString(roomBeforeCollecting);
    const worker = new Worker(new URL("./scan-worker.js", import.meta.url), {
      workerData: { root, options },
      resourceLimits: {
        maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 1048576),
        maxYoungGenerationSizeMb: youngGenerationMb,
        stackSizeMb,
      },
    });
    const end = (): void => void worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      reject(interrupted());
    });
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") onProgress(message.progress);
      else {
        end();
        if (message.kind === "run") resolveRun(message.run);
        else reject(revive(message));
      }
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        outOfMemory
          ? new OptimizeError("too-large", "the scan needs more memory than it may have", {
              hint: "scan a part of the project, or give more: NODE_OPTIONS=--max-old-space-size=8192",
              cause: error,
            })
          : error,
      );
    });
    worker.on("exit", () => reject(new OptimizeError("internal", "the scan ended without a result")));
  });
}

function revive(message: Extract<WorkerMessage, { kind: "error" }>): Error {
  if (message.code === undefined) return message.error;
  return new OptimizeError(message.code, message.error.message, {
    ...(message.hint === undefined ? {} : { hint: message.hint }),
    cause: message.error,
  });
}

function interrupted(): OptimizeError {
  return new OptimizeError("interrupted", "interrupted");
}
