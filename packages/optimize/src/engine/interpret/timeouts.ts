/** Time limits of requests that no single call shows: set for a client or a whole library, or given by some callers only. */
import type { MemberExpression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import type { Operation } from "./operation.ts";
import type { Origin } from "./value.ts";
import type { World } from "./world.ts";

/** What the project assigns to properties of clients: "axios|export|defaults.timeout". */
const settings = new WeakMap<World, Set<string>>();

/** `axios.defaults.timeout = 5000`, `client.defaults.timeout = 5000`. */
export function noteSetting(act: Activation, target: MemberExpression): void {
  const { object } = target;
  if (object.kind !== "member" || object.name === "" || target.name === "") return;
  for (const origin of evaluate(act, object.object).what) {
    const client = clientOf(origin);
    if (client === undefined) continue;
    const set = settings.get(act.world) ?? new Set<string>();
    set.add(`${client}|${object.name}.${target.name}`);
    settings.set(act.world, set);
  }
}

function clientOf(origin: Origin): string | undefined {
  if (origin.kind === "export") return `${origin.library.id}|export`;
  if (origin.kind === "package" && origin.library !== undefined) return `${origin.library.id}|export`;
  return origin.kind === "library" ? `${origin.library.id}|${siteOf(origin.site)}` : undefined;
}

/** Every export of a library is the one client that it comes with. */
export function siteOf(site: string): string {
  return site.startsWith("export:") ? "export" : site;
}

/** One function under one way of calling it saw the call with or without a time limit. */
export function noteTimeout(act: Activation, operation: Operation, timeout: boolean): void {
  operation.timeouts.set(act.summary.key, timeout);
}

/** A request is limited when all that run it limit it, or the project limits its client, or the client that all others are made from. */
export function settleTimeouts(world: World): void {
  const set = settings.get(world);
  for (const operation of world.operations.values()) {
    const property = operation.spec.timeoutProperty;
    const settled =
      property !== undefined &&
      set !== undefined &&
      ["export", operation.client].some((client) => set.has(`${operation.library}|${client}|${property}`));
    operation.timeout = settled || [...operation.timeouts.values()].every(Boolean);
  }
}
