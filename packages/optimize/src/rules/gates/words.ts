/** Words that several messages share. */
import type { FunctionInfo, LoopedOperation, Operation } from "../../model/project.ts";
import { boundOf } from "./repetition.ts";

/** What a loop is called that goes over nothing with a name. */
const nameless: ReadonlySet<string> = new Set(["", "elements", "steps", "rounds"]);

/** "`orders`", or "the list" when the code has no short name for it. */
export function listName(looped: LoopedOperation): string {
  const { name } = looped.loop;
  return nameless.has(name) || name.length > 60 ? "the list" : `\`${name}\``;
}

/** What the language calls values that are found by a key. */
export function mapWord(looped: LoopedOperation): string {
  return looped.site.function.language === "python" ? "a dictionary" : "a Map";
}

/** What lets only some of them run at a time, in the words of the language. */
export function limiterWords({ language }: FunctionInfo): string {
  return language === "python"
    ? "an `asyncio.Semaphore` around the call"
    : "a limiter (`p-limit`, `p-map` with `concurrency`) around the call";
}

/** "has no bound" or "may have 500 elements". */
export function boundWords(looped: LoopedOperation): string {
  const bound = boundOf(looped);
  if (bound !== undefined) return `may have ${bound} elements`;
  return looped.loop.piece ? "is a piece of one that has no bound" : "has no bound";
}

/** As `boundWords`, but a list that is a page of rows is said to be one. */
export function pageOr(looped: LoopedOperation): string {
  return boundOf(looped) === undefined && looped.loop.rows?.limited === true ? "is a page of rows" : boundWords(looped);
}

/** "one after the other", "all at once", "a few at a time". */
export function paceWords(looped: LoopedOperation): string {
  return { sequential: "one after the other", parallel: "all at once", limited: "a few at a time" }[
    looped.limited ? "limited" : looped.loop.mode
  ];
}

/** What the code calls there: the helper that leads to the operation, or the operation itself. */
export function calledName(looped: LoopedOperation): string {
  return `\`${looped.path.find((step) => step.name !== "")?.name ?? looped.operation.method}\``;
}

/** "`fetch` of `https://api.example.com/users/*`" */
export function requestName(operation: Operation): string {
  const { url, method } = operation;
  return url === undefined || /^\**$/.test(url) ? `\`${method}\`` : `\`${method}\` of \`${url}\``;
}

/** "A first reason; a second one." */
export function reasonOf(
  reasons: readonly string[],
): { readonly tier: "likely" } | { readonly tier: "candidate"; readonly reason: string } {
  return reasons.length === 0 ? { tier: "likely" } : { tier: "candidate", reason: reasons.join("; ") };
}
