/** Methods of which one of several is meant: what a base class and the classes below it do under one name. */
import type { Cost } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import type { World } from "./world.ts";

/** One of several methods is called; `open` while some of them do without what another one reads. */
export interface Guess {
  open: boolean;
}

const made = new WeakMap<World, Set<ClassRef>>();

/** The program makes things of this very class, or a framework does. */
export function noteMade(world: World, ref: ClassRef): void {
  let known = made.get(world);
  if (known === undefined) {
    known = new Set();
    made.set(world, known);
  }
  known.add(ref);
}

function isMade(world: World, ref: ClassRef): boolean {
  return made.get(world)?.has(ref) === true;
}

/** What is not known of a call of this value: nothing when one method alone can be meant. */
export function guessAmong(act: Activation, target: Value): Guess | undefined {
  let methods = 0;
  for (const origin of target.what) if (isMethod(origin)) methods++;
  const [first] = target.what;
  return methods > 1 || (first?.kind === "closure" && first.untold === true) ? { open: true } : undefined;
}

/** Is this the method that the thing itself has, as opposed to those of classes below its own? */
export function isOwn(act: Activation, origin: Origin, receiver: Value | undefined): boolean {
  if (!isMethod(origin) || receiver?.what.length !== 1) return !isMethod(origin);
  const [thing] = receiver.what;
  if (thing?.kind !== "instance" || !isMade(act.world, thing.ref)) return false;
  return origin.kind === "closure" && origin.self?.what.some((one) => one.kind === "instance" && one.ref === thing.ref) === true;
}

/** All of them read: whichever is meant, there is a statement. */
export function settle(guess: Guess | undefined, several: boolean, total: Cost | undefined): void {
  if (guess !== undefined && several && (total?.reads?.min.get("") ?? 0) >= 1) guess.open = false;
}

function isMethod(origin: Origin): boolean {
  return origin.kind === "closure" && origin.home !== undefined && origin.self?.what[0]?.kind === "instance";
}
