/** The thread in which PGlite runs: a statement that never ends is ended with it. */
import { parentPort, workerData } from "node:worker_threads";
import type { Step, StepResult } from "./engine.ts";
import { openPglite } from "./pglite-handle.ts";
import { runSteps } from "./pglite-steps.ts";

export interface WorkerStart {
  readonly snapshot: Uint8Array | undefined;
  readonly extensions: readonly string[];
}
export type WorkerAsk = { readonly id: number; readonly steps: readonly Step[] } | { readonly id: number; readonly snapshot: true };
export type WorkerAnswer =
  | { readonly id: number; readonly results: readonly StepResult[] }
  | { readonly id: number; readonly snapshot: Uint8Array }
  | { readonly id: number; readonly error: string };

const port = parentPort;
const start = workerData as WorkerStart;
const send = (answer: WorkerAnswer): void => port?.postMessage(answer);

try {
  const handle = await openPglite(start.snapshot, start.extensions);
  port?.on("message", (ask: WorkerAsk) => {
    const answered =
      "steps" in ask
        ? runSteps(handle, ask.steps).then((results) => send({ id: ask.id, results }))
        : handle.snapshot().then((snapshot) => send({ id: ask.id, snapshot }));
    answered.catch((error: unknown) => send({ id: ask.id, error: String(error) }));
  });
  send({ id: 0, results: [] });
} catch (error) {
  send({ id: 0, error: error instanceof Error ? error.message : String(error) });
}
