/** Numbers by which an effect is found again in a summary. */
import type { Deps } from "./deps.ts";
import { firstLocalToken } from "./deps.ts";
import type { Operation } from "./operation.ts";

const numbers = new Map<string, number>();

/** The same number for the same tokens. */
export function numberOf(deps: Deps): number {
  if (deps.length === 0) return 0;
  if (deps.length === 1 && (deps[0] as number) >= 0) return (deps[0] as number) + 1;
  const text = deps.join();
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size + firstLocalToken + 1;
    numbers.set(text, number);
  }
  return number;
}

/** Tokens of `this` and of parameters. */
export function outerTokens(deps: Deps): Deps {
  return deps.length === 0 || (deps[deps.length - 1] as number) < firstLocalToken ? deps : deps.filter((token) => token < firstLocalToken);
}

const slots = new WeakMap<Operation, number>();
const slotNumbers = new Map<string, number>();

/** What two operations must share to stand for each other in a summary. */
export function slotOf(operation: Operation): number {
  let slot = slots.get(operation);
  if (slot === undefined) {
    const place =
      operation.spec.blocking === true || operation.kind === "connect" || operation.spec.scan === true || operation.kind.startsWith("http")
        ? operation.id
        : operation.library;
    const text = `${operation.kind}|${operation.table ?? ""}|${place}|${operation.spec.transaction ?? ""}`;
    slot = slotNumbers.get(text) ?? slotNumbers.size;
    slotNumbers.set(text, slot);
    slots.set(operation, slot);
  }
  return slot;
}
