/** One scan of a command: settings, progress, interruption, and the engine in its own thread. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { loadConfig, type Config } from "../engine/config.ts";
import { readEvidence, type KeptEvidence } from "../engine/evidence-store.ts";
import { recallSurvey, runKey, type Recalled } from "../engine/kept-survey.ts";
import type { Progress, ScanOptions } from "../engine/scan.ts";
import { conclude, concludeUnproven } from "../engine/survey.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Run } from "../model/finding.ts";
import type { SentStatements } from "../model/project-statement.ts";
import { nearest } from "../model/nearest.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Arguments } from "./args.ts";
import { exportOf } from "./export-input.ts";
import { builtWorker } from "./built-worker.ts";
import { progressLine } from "./progress.ts";
import { scanOptions } from "./scan-flags.ts";
import type { Results, Task, WorkerMessage } from "./scan-worker.ts";
import type { Terminal } from "./terminal.ts";
import { engineFlags, heapLimitMb, threadLimits } from "./thread-limits.ts";

/** A Run, and what is kept of it. */
export interface Seen {
  /** Made when it is first asked for, where it comes from what is kept. */
  readonly run: Run;
  /** Names the Run for `rememberRun`; undefined when what it was made from is not kept. */
  readonly key: string | undefined;
  /** The Run as JSON, where somebody has made it. */
  readonly json: string | undefined;
  /** run.json holds it already. */
  readonly isKept: boolean;
}

export interface Scanned extends Seen {
  /** Absolute. */
  readonly root: string;
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
  const exported = exportOf(args, config, root, terminal.cwd);
  const options = { ...scanOptions(args, config), ...(exported === undefined ? {} : { exported }), evidence: kept.sets };
  const seen = await see(root, options, terminal);
  const name = args.text("package");
  if (name !== undefined) checkPackage(name, seen.run.project.packages);
  return {
    get run() {
      return seen.run;
    },
    key: seen.key,
    json: seen.json,
    isKept: seen.isKept,
    root,
    config,
    seconds: (performance.now() - begun) / 1000,
  };
}

/** Evidence does not count for files that have changed since: said once, because a finding may have been proven yesterday. */
function ageText({ changed, takenAt = "" }: KeptEvidence): string {
  const [first = ""] = changed;
  const files = changed.length === 1 ? `${clean(first)} has` : `${clean(first)} and ${changed.length - 1} more files have`;
  return `${files} changed since the evidence of ${takenAt.slice(0, 16).replace("T", " ")} UTC, which does not count there: optimize measure takes it again`;
}

/** A misspelt package would look like a clean one. */
function checkPackage(name: string, packages: readonly string[]): void {
  if (packages.includes(name)) return;
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

/** The Run of a folder, as `see`. */
export async function runScan(root: string, options: ScanOptions, terminal: Terminal): Promise<Run> {
  return (await see(root, options, terminal)).run;
}

/** Gives what is kept, or runs the engine with progress on stderr; rejects with "interrupted" at once on Ctrl-C. */
async function see(root: string, options: ScanOptions, terminal: Terminal): Promise<Seen> {
  if (terminal.signal.aborted) throw interrupted();
  const { keep } = options;
  // What an earlier scan saw is told in less time than a thread needs to start.
  const recalled = keep === undefined ? undefined : recallSurvey(root, options, keep.build);
  return recalled === undefined ? seeAnew(root, options, terminal) : seeAgain(root, options, recalled);
}

async function seeAgain(root: string, options: ScanOptions, recalled: Recalled): Promise<Seen> {
  const key = runKey(recalled.id, options);
  const json = recalled.run(key);
  const isKept = json !== undefined;
  if ((options.evidence ?? []).length > 0) return { run: await conclude(root, recalled.survey(), options), key, json, isKept };
  let run: Run | undefined;
  return {
    key,
    json,
    isKept,
    get run() {
      return (run ??= concludeUnproven(recalled.survey(), options));
    },
  };
}

async function seeAnew(root: string, options: ScanOptions, terminal: Terminal): Promise<Seen> {
  const line = progressLine(terminal);
  let key: string | undefined;
  const listeners: Listeners = {
    progress: line.show,
    kept: (survey) => (key = runKey(survey, options)),
    problem: (message) => terminal.err(`optimize: ${clean(message)}; the next scan reads everything again\n`),
  };
  try {
    const made = await scanSomewhere(root, options, listeners, terminal.signal);
    // What comes after writes and prints: not when the person has asked to stop.
    if (terminal.signal.aborted) throw interrupted();
    if (typeof made !== "string") return { run: made, key, json: undefined, isKept: false };
    let run: Run | undefined;
    return {
      key,
      json: made,
      isKept: false,
      get run() {
        return (run ??= JSON.parse(made) as Run);
      },
    };
  } finally {
    line.clear();
  }
}

interface Listeners {
  readonly progress: (progress: Progress) => void;
  readonly kept: (survey: string) => void;
  readonly problem: (message: string) => void;
}

/** What the program of a folder sends to its databases, with progress on stderr. */
export async function sentStatements(root: string, options: ScanOptions, terminal: Terminal): Promise<SentStatements> {
  const line = progressLine(terminal);
  const listeners: Listeners = { progress: line.show, kept: () => {}, problem: () => {} };
  try {
    if (!import.meta.url.endsWith(".ts")) return await inThread("statements", root, options, listeners, terminal.signal);
    const { statementsOf } = await import("../engine/scan.ts");
    return await statementsOf(root, { ...options, onProgress: line.show });
  } finally {
    line.clear();
  }
}

/** The Run, or its text as the thread gives it. */
async function scanSomewhere(root: string, options: ScanOptions, listeners: Listeners, signal: AbortSignal): Promise<Run | string> {
  if (!import.meta.url.endsWith(".ts")) return inThread("run", root, options, listeners, signal);
  // Sources that are run by a test have no built worker to load; the thread is there for Ctrl-C, not for the result.
  const { scan } = await import("../engine/scan.ts");
  return scan(root, { ...options, onProgress: listeners.progress, signal });
}

// A long computation keeps its thread from seeing a signal. In a thread of its own it can be ended at any moment.
function inThread<T extends Task>(
  task: T,
  root: string,
  options: ScanOptions,
  listeners: Listeners,
  signal: AbortSignal,
): Promise<Results[T]> {
  return new Promise((give, reject) => {
    for (const flag of engineFlags) setFlagsFromString(flag);
    const worker = new Worker(builtWorker(import.meta.url), {
      workerData: { root, options, task },
      resourceLimits: threadLimits(),
    });
    const end = (): void => void worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      reject(interrupted());
    });
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") listeners.progress(message.progress);
      else if (message.kind === "problem") listeners.problem(message.message);
      else if (message.kind === "kept") listeners.kept(message.survey);
      else {
        end();
        if (message.kind === "result") give(message.result as Results[T]);
        else reject(revive(message));
      }
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        outOfMemory
          ? new OptimizeError("too-large", "the scan needs more memory than it may have", {
              hint: `scan a part of the project, or give more than these ${heapLimitMb()} MB: NODE_OPTIONS=--max-old-space-size=<MB>`,
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
