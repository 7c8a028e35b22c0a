/** The hot context: code that the outside world sets in motion again and again, as opposed to start-up, commands and tests. */
import type { Entry, FunctionInfo, LoopedOperation, Place, Project, ReachedOperation } from "../../model/project.ts";
import type { RelatedPlace } from "../../model/rule.ts";

/** Kinds of entries that run for each request, message or tick; a command runs once and may wait. */
const hotKinds: ReadonlySet<string> = new Set([
  "route",
  "page",
  "action",
  "job",
  "schedule",
  "event",
  "socket",
  "resolver",
  "loader",
  "procedure",
  "override",
  "worker",
]);

export function isHotEntry(entry: Entry): boolean {
  return hotKinds.has(entry.kind);
}

/** Is the function reached from an entry of the outside world, other than a command? */
export function isHot(project: Project, fn: FunctionInfo): boolean {
  return project.routesReaching(fn).some(isHotEntry);
}

/** Kinds of entries at whose other end somebody waits for the answer; what comes from a queue, a clock or an event is worked off. */
const requestKinds: ReadonlySet<string> = new Set(["route", "page", "action", "procedure", "resolver", "loader", "socket"]);

export function isRequest({ kind }: Entry): boolean {
  return requestKinds.has(kind);
}

/** Does a request reach the function? */
export function isRequested(project: Project, fn: FunctionInfo): boolean {
  return project.routesReaching(fn).some(isRequest);
}

/** Is it the function of a hot entry, or written inside of one? What is only called from there may be done once and kept. */
export function isEntered(project: Project, fn: FunctionInfo): boolean {
  return project.routesReaching(fn).some((entry) => isHotEntry(entry) && holds(entry.place, fn));
}

function holds(outer: Place, inner: FunctionInfo): boolean {
  return outer.file === inner.file && outer.line <= inner.line && inner.endLine <= outer.endLine;
}

/** Why a finding in `fn` cannot be likely, or nothing. */
export function coldReason(project: Project, fn: FunctionInfo): readonly string[] {
  // A project in which nothing enters is a library, or speaks to a framework that is not known: what loops in it is all there is to go by.
  if (project.entries.length === 0) return [];
  // What a package offers to the users of a framework is called by their programs.
  if (project.isPublished(fn) && project.routesReaching(fn).length === 0) return [];
  return isHot(project, fn) ? [] : ["no entry point was found that reaches it"];
}

/** Why a repeated operation cannot be likely although every call of it is seen. */
export function guessReason({ guessed }: Pick<LoopedOperation, "guessed">): readonly string[] {
  return guessed ? ["of the methods that the call may mean only some ask"] : [];
}

/** An operation with the entry that reaches it in the fewest calls. */
export interface HotOperation extends ReachedOperation {
  readonly entry: Entry;
}

/** Operations that hot entries reach, each once, by the shortest way; those of module bodies ran at start-up and are left out. */
export function hotOperations(project: Project, wanted: (reached: ReachedOperation) => boolean): readonly HotOperation[] {
  const nearest = new Map<string, HotOperation>();
  for (const entry of project.entries) {
    // The function of a worker runs once, and only its loop again and again.
    if (!isHotEntry(entry) || entry.kind === "worker") continue;
    for (const reached of entry.operations) {
      const { operation } = reached;
      if (operation.place.function.module || !wanted(reached)) continue;
      const key = `${operation.place.file}:${operation.place.at}`;
      const before = nearest.get(key);
      if (before === undefined || before.path.length > reached.path.length) nearest.set(key, { ...reached, entry });
    }
  }
  return [...nearest.values()];
}

/** The way from the entry down to the operation, for a finding that stands at the operation. */
export function wayFromEntry(hot: HotOperation): readonly RelatedPlace[] {
  const steps = hot.path.map((step) => ({ place: step.place, role: "calls", note: step.name }));
  return [{ place: hot.entry.place, role: "entry", note: hot.entry.name }, ...steps];
}
