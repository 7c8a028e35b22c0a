/** Runs steps on PGlite: in the thread of pglite-worker.ts, or in this one when the sources themselves are run. */
import type { Step, StepResult } from "./engine.ts";
import type { PgliteHandle } from "./pglite-handle.ts";

export async function runSteps(handle: PgliteHandle, steps: readonly Step[]): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    try {
      results.push({ rows: await runStep(handle, step) });
    } catch (error) {
      results.push({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}

async function runStep(handle: PgliteHandle, step: Step): Promise<Record<string, unknown>[]> {
  switch (step.kind) {
    case "run":
      return (await handle.database.query<Record<string, unknown>>(step.sql)).rows;
    case "explain":
      return (await handle.database.exec(step.sql)).at(-1)?.rows ?? [];
    case "pages":
      handle.setPages(step.path, step.pages);
      return [];
    case "write":
      handle.write(step.path, step.bytes);
      return [];
  }
}
