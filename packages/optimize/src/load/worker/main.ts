/** The thread of one worker. */
import { parentPort, workerData } from "node:worker_threads";
import { preparePart, type PartData, type PartEnd } from "./part.ts";

export type PartMessage = { readonly kind: "ready" } | { readonly kind: "end"; readonly end: PartEnd };

async function run(at: number): Promise<void> {
  const end = await part.start(at);
  parentPort?.postMessage({ kind: "end", end } satisfies PartMessage);
  parentPort?.close();
}

const part = preparePart(workerData as PartData);
parentPort?.once("message", (at: number) => {
  void run(at);
});
parentPort?.postMessage({ kind: "ready" } satisfies PartMessage);
