/** Changes of objects: which of them somebody outside of the call can see. */
import type { Activation } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, only, parameterToken, thisToken, union, whole } from "./deps.ts";
import type { Origin, Value } from "./value.ts";

/** Key of an instance whose constructor is running: nobody else has it yet. */
export const unborn = "new";

/**
 * The content of `value` changes. What came from a parameter is the caller's to judge; what this activation read or made is
 * its own; the rest is state of the program. `by`: the activation itself; a call that got a variable; a call that got what was made for it.
 */
export function changes(act: Activation, value: Value, by: "itself" | "call" | "call of its own"): void {
  const from = value.key === undefined ? undefined : rootOf(value.key);
  if (from === unborn) return;
  if (value.what.some(isShared)) {
    // A parameter's instance is the caller's, unless it is known to be one that all share.
    if (from === thisToken) say(act, only(thisToken));
    else if (act.fn !== 0) act.summary.writesState = true;
    seen(act);
    return;
  }
  if (by === "call of its own") return;
  const outer =
    from !== undefined
      ? only(from)
      : value.what.length > 0 || isOwn(act, value)
        ? undefined
        : whole(value.deps).filter((token) => token < firstLocalToken);
  if (outer === undefined || outer.length === 0) {
    if (by === "call" && (value.what.length > 0 || value.deps.length > 0)) seen(act);
    return;
  }
  say(act, outer);
  seen(act);
}

function say(act: Activation, tokens: Deps): void {
  act.summary.mutates = union(act.summary.mutates, tokens);
}

/** A later statement of the block may look at it. */
function seen(act: Activation): void {
  for (const capture of act.captures) capture.sideEffects = true;
}

function isShared(origin: Origin): boolean {
  return origin.kind === "instance" || origin.kind === "class" || (origin.kind === "object" && origin.object.persistent);
}

/** Something that was read here: rows, answers, elements of them. */
function isOwn(act: Activation, value: Value): boolean {
  return value.deps.some((token) => act.io?.has(token) === true);
}

/** `$this.orders` and `$1.items` name a parameter's content. */
function rootOf(key: string): number | typeof unborn | undefined {
  const cut = key.indexOf(".");
  const head = cut < 0 ? key : key.slice(0, cut);
  if (head === unborn) return unborn;
  if (head === "$this") return thisToken;
  return head.startsWith("$") && /^\$\d+$/.test(head) ? parameterToken(Number(head.slice(1))) : undefined;
}
