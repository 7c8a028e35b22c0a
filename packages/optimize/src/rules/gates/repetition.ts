/** Operations that run again for each element of a list: which of them count, and what keeps one from being certain. */
import type { Loop, LoopedOperation, Project } from "../../model/project.ts";

/** Lists of at most so many elements are not worth a finding. */
const smallList = 10;
/** A page of rows is read again by every request: its queries count from fewer rows on. */
const smallPage = 5;

/** The most elements that the code lets the list have; undefined when nothing bounds it. */
export function boundOf(looped: LoopedOperation): number | undefined {
  const bounds = [looped.loop.size.exact, looped.loop.size.max, looped.callerMax].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}

export function isSmall(looped: LoopedOperation): boolean {
  const bound = boundOf(looped);
  return bound !== undefined && bound <= (looped.loop.rows === undefined ? smallList : smallPage);
}

/** A page of a few rows with one query for each: as many as nobody minds in a list that no query gave. */
export function fewQueries(looped: LoopedOperation, each: number): readonly string[] {
  const bound = boundOf(looped);
  return bound !== undefined && bound * each <= smallList ? [`that makes ${bound * each} queries at most`] : [];
}

/** Why a list that the settings name, or that somebody writes, cannot be told to be long. */
export function settledReason({ settled, sent }: Loop): readonly string[] {
  if (sent) return ["the list is one field of what is sent, and as long as whoever writes it makes it"];
  if (settled === "kept") return ["what the loop gives is kept in one place for all callers, and made again when that is empty"];
  if (settled === "rejected") return ["each round says what is wrong with something that was sent, and does nothing else with it"];
  if (settled === "file")
    return ["the list stands in a file that the program itself names, and is as long as whoever wrote that file made it"];
  if (settled === "package") return ["the list is what a package exports, as long as its authors made it"];
  return settled === "settings" ? ["the list comes from the settings of the program, which usually name a few"] : [];
}

/** The loop goes over a list, as opposed to until something happens. */
export function goesOverList(loop: Loop): boolean {
  return loop.form !== "while" && loop.form !== "do" && loop.form !== "recursion";
}

/**
 * Search, retry, polling, pagination, pacing, hand-over to a consumer, or the chunks that are the cure: repeating is the purpose.
 * A loop that leaves in its first round repeats nothing.
 */
export function repeatsOnPurpose(loop: Loop): boolean {
  return loop.once || loop.exitsOnResult || loop.paced || loop.yields || loop.chunks;
}

/** A limiter, or a loop over slices around the one over a slice: the number at a time was chosen. */
export function isLimited(looped: LoopedOperation): boolean {
  return looped.limited || looped.loop.mode === "limited" || looped.outer.some((outer) => outer.chunks);
}

/** Does the operation run once or more for each element of a list that may be long? */
export function runsPerElement(looped: LoopedOperation): boolean {
  if (looped.memoized || looped.perLiteral || looped.operation.spec.batched === true) return false;
  return !isSmall(looped) && !repeatsOnPurpose(looped.loop);
}

/** One operation for each loop and line: the most telling relation, then the shortest way. */
export function onePerLine(list: readonly LoopedOperation[]): readonly LoopedOperation[] {
  const best = new Map<string, LoopedOperation>();
  for (const looped of list) {
    const key = `${looped.loop.id}|${looped.site.file}:${looped.site.line}`;
    const before = best.get(key);
    if (before === undefined || rank(looped) < rank(before)) best.set(key, looped);
  }
  return [...best.values()];
}

function rank(looped: LoopedOperation): number {
  const relation = looped.relation === "element" ? 0 : 1000;
  return relation + (looped.operation.kind.endsWith("-read") ? 0 : 100) + looped.path.length;
}

/** All operations by the loop that repeats them. */
export function byLoop(project: Project): ReadonlyMap<string, readonly LoopedOperation[]> {
  const loops = new Map<string, LoopedOperation[]>();
  for (const looped of project.looped) {
    const list = loops.get(looped.loop.id);
    if (list === undefined) loops.set(looped.loop.id, [looped]);
    else list.push(looped);
  }
  return loops;
}
