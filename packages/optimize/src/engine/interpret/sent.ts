/** Lists that are one field among others of what somebody sends (a form with its tags): as long as its writer makes them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { basesOf } from "./classes.ts";
import { isShown } from "./shapes.ts";
import { readPlain, typedValue } from "./types.ts";
import type { ClassRef, Value } from "./value.ts";
import { arrayIn, unknown } from "./value.ts";
import type { World } from "./world.ts";

/** With fewer fields of other kinds it is an envelope for the list. */
const fieldsOfForm = 2;

export function isPartOfSent(act: Activation, source: Expression | undefined): boolean {
  const e = source?.kind === "logical" ? source.left : source;
  if (e?.kind !== "member" || e.name === "" || e.subscript === true) return false;
  const { what } = read(act, e.object);
  return what.length > 0 && what.every((origin) => origin.kind === "instance" && isForm(act.world, origin.ref));
}

/** Without what reading it would do. */
function read(act: Activation, e: Expression): Value {
  if (e.kind === "name" && e.binding >= 0) return act.env.get(e.binding, act) ?? unknown;
  if (e.kind === "member" && e.name !== "" && e.subscript !== true) return readPlain(act.world, read(act, e.object), e.name);
  return unknown;
}

const forms = new WeakMap<ClassRef, boolean>();

function isForm(world: World, ref: ClassRef): boolean {
  let known = forms.get(ref);
  if (known === undefined) {
    const others = isShown(world, ref)
      ? basesOf(world, ref).project.flatMap((base) =>
          base.facts.members.filter(
            ({ kind, type }) => kind === "field" && type !== undefined && arrayIn(typedValue(world, base.unit, type)) === undefined,
          ),
        )
      : [];
    known = new Set(others.map(({ name }) => name)).size >= fieldsOfForm;
    forms.set(ref, known);
  }
  return known;
}
