import { setTimeout as sleep } from "node:timers/promises";

/** Tries up to three times, waiting longer each time. */
export async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  let failure: unknown;
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await attempt();
    } catch (error) {
      failure = error;
      await sleep(20 * 2 ** tries);
    }
  }
  throw failure;
}
