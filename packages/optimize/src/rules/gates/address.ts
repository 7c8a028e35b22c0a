/** Who answers a request: one service that could be asked once, or whatever address each element holds. */
import type { LoopedOperation, Operation } from "../../model/project.ts";

export function isHttp(operation: Operation): boolean {
  return operation.kind === "http-read" || operation.kind === "http-write";
}

/**
 * The element itself is the address (links, web hooks, mirrors): no single request can replace the many, only their number at a time can be chosen.
 * So it is where the service answers for one thing at a time. Behind a call the address is put together by somebody else, so it says nothing.
 */
export function elementIsAddress(looped: LoopedOperation): boolean {
  const { spec, url } = looped.operation;
  return looped.relation === "element" && (spec.apart === true || (looped.path.length === 0 && url === "*"));
}

/** The HTTP rule reports such an operation with certainty; rules about waiting leave the place to it. */
export function isServiceAskedPerElement(looped: LoopedOperation): boolean {
  return looped.operation.kind === "http-read" && !elementIsAddress(looped);
}
