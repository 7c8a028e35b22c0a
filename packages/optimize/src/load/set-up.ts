/** What is done once before a run, a login for example: what it extracts is known to all iterations. */
import { OptimizeError } from "../model/errors.ts";
import type { Plan } from "./plan.ts";
import { emptyRecord } from "./recording.ts";
import { Engine } from "./worker/engine.ts";

/** Does the setup's steps one after the other. Throws an OptimizeError("unreachable") for the first that fails. */
export async function setUp(plan: Plan): Promise<Record<string, string>> {
  const { record } = emptyRecord(plan.endpoints.length);
  const engine = new Engine(plan, record, 1);
  const variables = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const timer = setInterval(() => engine.sweep(performance.now()), 100);
    engine.onEnded = (iteration) => {
      clearInterval(timer);
      const [note] = engine.notes;
      if (note === undefined) return resolve(iteration.variables);
      const body = note.body === undefined ? "" : ` (${note.body})`;
      reject(
        new OptimizeError("unreachable", `the setup failed at ${plan.endpoints[note.endpoint] ?? ""}: ${note.detail}${body}`, {
          hint: "nothing was measured",
        }),
      );
    };
    const now = performance.now();
    engine.begin(0, now, now, 0);
  }).finally(() => {
    engine.muted = true;
    engine.stop(performance.now());
  });
  const extracted = new Set(plan.scenarios.flatMap(({ steps }) => steps.flatMap(({ extract }) => extract.map(({ name }) => name))));
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      extracted.has(name) ? [[name, typeof value === "string" ? value : JSON.stringify(value)]] : [],
    ),
  );
}
