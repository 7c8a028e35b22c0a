/** `super`: constructors and members of the classes above. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callValue } from "./call-targets.ts";
import { evaluateArguments } from "./calls.ts";
import { basesOf, findMember, tableOfBase } from "./classes.ts";
import { constructLibrary } from "./clients.ts";
import { opensClient } from "./constructors.ts";
import { callClosure } from "./functions.ts";
import { memberValue } from "./instance-members.ts";
import { libraryMember } from "./library-members.ts";
import { depsOf, callUnknown } from "./unknown-calls.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { unknown, unknownFrom } from "./value.ts";

export function superConstructor(act: Activation, e: CallExpression): Value {
  const args = evaluateArguments(act, e);
  const { home } = act;
  if (home === undefined) return unknown;
  const { above, made } = constructorAbove(act, home);
  if (above !== undefined) {
    if (made?.function !== undefined)
      callClosure(act, { kind: "closure", unit: above.unit, fn: made.function, env: above.env, self: act.self, home: above }, args, e);
  } else {
    const { library } = basesOf(act.world, home);
    if (library !== undefined && opensClient(act, home) === undefined && library.library.types[library.instance]?.construct !== undefined)
      constructLibrary(
        act,
        { kind: "library", library: library.library, type: library.instance, table: undefined, site: "super" },
        args,
        e,
      );
  }
  return act.self;
}

/** The class above and its constructor; in Python the next constructor, however far above. */
function constructorAbove(
  act: Activation,
  home: ClassRef,
): { readonly above: ClassRef | undefined; readonly made: ClassRef["facts"]["members"][number] | undefined } {
  const orders = basesOf(act.world, leafOf(act, home)).project;
  const [first, ...others] = orders.slice(orders.indexOf(home) + 1);
  for (const above of home.unit.facts.language === "python" ? [first, ...others] : [first]) {
    const made = above?.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
    if (made !== undefined) return { above, made };
  }
  return { above: first, made: undefined };
}

/** The class of `self`, whose order `super` goes on in: what stands above a mixin is decided by who mixes it in. */
function leafOf(act: Activation, home: ClassRef): ClassRef {
  for (const origin of act.self.what) for (const ref of classesOf(origin)) if (basesOf(act.world, ref).project.includes(home)) return ref;
  return home;
}

function classesOf(origin: Origin): readonly ClassRef[] {
  if (origin.kind === "instance" || origin.kind === "class") return [origin.ref];
  return origin.kind === "library" ? [...(origin.queries ?? []), ...(origin.model === undefined ? [] : [origin.model])] : [];
}

/** `super` itself, and Python's `super()`. */
export function isSuper(act: Activation, e: Expression): boolean {
  return e.kind === "super" || (e.kind === "call" && e.callee.kind === "super" && act.unit.facts.language === "python");
}

/** `super().queryset`: the member as the classes above the current one have it. */
export function superMember(act: Activation, e: Extract<Expression, { kind: "member" }>): Value {
  const { home } = act;
  if (home === undefined) return unknown;
  const isStatic = act.self.what.some((origin) => origin.kind === "class");
  const above = findMember(act.world, leafOf(act, home), e.name, isStatic, home);
  if (above === undefined) return unknownFrom(act.self.deps);
  const leaf = act.self.what.find((origin) => origin.kind === "instance" || origin.kind === "class");
  const ref = leaf?.kind === "instance" || leaf?.kind === "class" ? leaf.ref : home;
  return memberValue(act, above, ref, act.self, e) ?? unknown;
}

export function superMethod(act: Activation, e: CallExpression, name: string): Value {
  const args = evaluateArguments(act, e);
  const { home } = act;
  if (home === undefined) return callUnknown(act, unknown, args, e, act.self);
  const isStatic = act.self.what.some((origin) => origin.kind === "class");
  const above = findMember(act.world, leafOf(act, home), name, isStatic, home);
  if (above?.member.function !== undefined)
    return callClosure(
      act,
      { kind: "closure", unit: above.ref.unit, fn: above.member.function, env: above.ref.env, self: act.self, home: above.ref },
      args,
      e,
    );
  const { library } = basesOf(act.world, leafOf(act, home));
  const type = isStatic ? library?.statics : library?.instance;
  if (library === undefined || type === undefined) return unknownFrom(depsOf(args));
  const leaf = act.self.what.find((origin) => origin.kind === "instance" || origin.kind === "class");
  const table = leaf !== undefined && (leaf.kind === "instance" || leaf.kind === "class") ? tableOfBase(act.world, leaf.ref) : undefined;
  // A query or row answers as itself: what is known of its rows goes on.
  const rows = act.self.what.find(
    (origin) => origin.kind === "library" && origin.library === library.library && origin.state !== undefined,
  );
  const receiver: Extract<Origin, { kind: "library" }> =
    rows?.kind === "library" ? { ...rows, type } : { kind: "library", library: library.library, type, table, site: "super" };
  const target = libraryMember(act, receiver, name, act.self);
  return target === undefined ? unknownFrom(depsOf(args)) : callValue(act, target, args, e, act.self);
}
