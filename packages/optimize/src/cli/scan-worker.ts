/** The thread in which the engine runs. */
import { parentPort, workerData } from "node:worker_threads";
import { scan, statementsOf, type Progress, type ScanOptions } from "../engine/scan.ts";
import { OptimizeError, type ErrorCode } from "../model/errors.ts";
import type { SentStatements } from "../model/project-statement.ts";
import { runText } from "../reporters/json.ts";

/** What the thread is for, and what it gives. */
export interface Results {
  /** As JSON: that is how a Run is kept, and a text goes from one thread to another in no time. */
  readonly run: string;
  readonly statements: SentStatements;
}
export type Task = keyof Results;

export type WorkerMessage =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "problem"; readonly message: string }
  | { readonly kind: "kept"; readonly survey: string }
  | { readonly kind: "result"; readonly result: Results[Task] }
  | { readonly kind: "error"; readonly error: Error; readonly code?: ErrorCode; readonly hint?: string };

const { root, options, task } = workerData as { root: string; options: ScanOptions; task: Task };
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

const betweenMessages = 50;

/** The engine may report every file; a person sees twenty a second. The first of a stage always goes through. */
function rarely(report: (progress: Progress) => void): (progress: Progress) => void {
  let stage = "";
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.stage === stage && now - last < betweenMessages) return;
    stage = progress.stage;
    last = now;
    report(progress);
  };
}

const onKept = (survey: string): void => send({ kind: "kept", survey });
const onProblem = ({ message }: OptimizeError): void => send({ kind: "problem", message });

try {
  const { keep, ...others } = options;
  const told: ScanOptions = {
    ...others,
    ...(keep === undefined ? {} : { keep: { ...keep, onKept, onProblem } }),
    onProgress: rarely((progress) => send({ kind: "progress", progress })),
  };
  send({ kind: "result", result: task === "run" ? runText(await scan(root, told)) : await statementsOf(root, told) });
} catch (thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  // An error class does not survive the way between threads; its code and hint are sent beside it.
  const plain = Object.assign(new Error(error.message), { stack: error.stack, name: error.name });
  send({
    kind: "error",
    error: plain,
    ...(thrown instanceof OptimizeError ? { code: thrown.code, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) } : {}),
  });
}
