/** Queries that are put where their uses cannot be seen, before or after they run: `form.queryset = books`, `{"books": books}`. */
import type { Place } from "../../model/project.ts";
import type { Draft } from "./drafts.ts";
import type { Operation } from "./operation.ts";
import { note } from "./operation.ts";
import type { World } from "./world.ts";

interface Kept {
  readonly operations: Set<Operation>;
  place: Place | undefined;
}

const worlds = new WeakMap<World, Map<string, Kept>>();

function keptOf(world: World, draft: Draft): Kept {
  let all = worlds.get(world);
  if (all === undefined) worlds.set(world, (all = new Map()));
  const key = `${draft.file}:${String(draft.at)}:${String(draft.end)}`;
  let kept = all.get(key);
  if (kept === undefined) all.set(key, (kept = { operations: new Set(), place: undefined }));
  return kept;
}

/** The query itself goes there; what it gives may be used in any way. */
export function noteKept(world: World, draft: Draft, place: Place): void {
  const kept = keptOf(world, draft);
  kept.place ??= place;
  for (const operation of kept.operations) note(operation, "escape", place);
}

/** The query is run by code that has it from a name. */
export function noteRun(world: World, draft: Draft, operation: Operation): void {
  const kept = keptOf(world, draft);
  kept.operations.add(operation);
  if (kept.place !== undefined) note(operation, "escape", kept.place);
}
