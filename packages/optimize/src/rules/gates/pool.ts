/** Writes that are all sent at once. */
import type { LoopedOperation } from "../../model/project.ts";
import { givenClient } from "../../model/receiver.ts";
import { isSmall, repeatsOnPurpose } from "./repetition.ts";
import { isEmbedded } from "./statements.ts";

/** Pools of this size serve so many statements before others wait; lists up to it are no danger. */
const usualPool = 10;

/**
 * Statements for all elements of an unbounded list start together: each takes a connection of the pool, or waits for one until it times out.
 * What is only known to be asked may be one connection. A transaction holds one connection, so its statements run one after the other whatever the code says; slices of a list are the cure.
 */
export function floodsPool(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-write" && operation.kind !== "db-read") return false;
  if (operation.client?.startsWith(givenClient) === true) return false;
  if (operation.spec.transaction !== undefined || operation.spec.blocking === true || isEmbedded(operation)) return false;
  if (
    loop.mode !== "parallel" ||
    looped.relation !== "element" ||
    ((looped.inTransaction || operation.within === true) && !looped.ownTransaction) ||
    looped.memoized ||
    looped.limited ||
    looped.perLiteral
  )
    return false;
  if (isSmall(looped) || repeatsOnPurpose(loop) || looped.outer.some((around) => around.chunks)) return false;
  return operation.spec.batched !== true && (loop.size.max ?? loop.size.exact ?? Infinity) > usualPool;
}
