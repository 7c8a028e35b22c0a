/** Assignments to members. */
import type { MemberExpression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { fieldsOf } from "./classes.ts";
import { grew } from "./environment.ts";
import { escapes } from "./escapes.ts";
import { assignMember } from "./extensions.ts";
import { noteHolder } from "./holders.ts";
import { join } from "./joins.ts";
import { noteChangedMember } from "./lost-updates.ts";
import { noteFilled } from "./filled.ts";
import { foreign } from "./foreign-values.ts";
import { functionProps } from "./members.ts";
import { changes } from "./mutations.ts";
import { noteAssigned, noteChanged } from "./relation-step.ts";
import { propertyNames } from "./names.ts";
import { isKey } from "./row-members.ts";
import { stateWith } from "./row-state.ts";
import { tellReaders } from "./readers.ts";
import type { HeapObject, Value } from "./value.ts";
import { valueOf, bare } from "./value.ts";

export function writeObject(object: HeapObject, name: string, value: Value, weak: boolean): void {
  const before = object.props.get(name);
  const plain = object.persistent ? bare(value) : value;
  const after = before === undefined || (!weak && !object.persistent) ? plain : join(before, plain);
  object.props.set(name, after);
  if (grew(before, after)) tellReaders(object.readers, name);
}

/** `registry[model.name] = model`: each of the values under its own name. */
function writeByOwnName(object: Value, e: MemberExpression, value: Value): boolean {
  const key = e.computed;
  if (key?.kind !== "member" || (key.name !== "name" && key.name !== "modelName") || value.what.length === 0) return false;
  const named = value.what.flatMap((origin): [string, Value][] =>
    origin.kind === "class"
      ? [[origin.ref.facts.name, valueOf(origin)]]
      : origin.kind === "library" && origin.table !== undefined
        ? [[origin.table, valueOf(origin)]]
        : [],
  );
  if (named.length !== value.what.length) return false;
  for (const origin of object.what)
    if (origin.kind === "object") for (const [name, one] of named) writeObject(origin.object, name, one, true);
  return true;
}

export function writeMember(act: Activation, object: Value, e: MemberExpression, computed: Value | undefined, value: Value): void {
  const names = e.name !== "" ? [e.name] : computed === undefined ? undefined : propertyNames(computed);
  if (names === undefined && writeByOwnName(object, e, value)) return;
  if (e.name !== "") noteFilled(act, object, e.name);
  noteChangedMember(act, object, e.name, value, e);
  escapes(act, value, e);
  if (
    object.what.some((origin) => origin.kind === "instance" || origin.kind === "class" || origin.kind === "object") ||
    (object.what.length === 0 && object.deps.length > 0)
  )
    changes(act, object, "itself");
  for (const origin of object.what) {
    switch (origin.kind) {
      case "exports":
        if (names?.[0] === "exports") origin.unit.replaced = foreign(mergeExports(origin.unit.exports, value));
        break;
      case "object":
        if (names === undefined) {
          // Copying an entry onto itself (decorating all functions of a module) says nothing new.
          if (value.what.length > 0 && value.what.length <= 3) {
            const put = origin.object.persistent ? bare(value) : value;
            origin.object.rest = origin.object.rest === undefined ? put : join(origin.object.rest, put);
          }
          origin.object.literal = false;
        } else for (const name of names) writeObject(origin.object, name, value, names.length > 1 || act.conditions.length > 0);
        break;
      case "instance":
        for (const name of names ?? []) origin.given?.delete(name);
        for (const name of names ?? []) writeObject(fieldsOf(act.world, origin.ref, false), name, value, true);
        break;
      case "class":
        for (const name of names ?? []) writeObject(fieldsOf(act.world, origin.ref, true), name, value, true);
        break;
      case "library":
        for (const name of names ?? []) {
          assignMember(act.world, origin, name, value);
          if (origin.state !== undefined) noteAssigned(act, object, name);
        }
        noteChanged(act, origin, object, e);
        if (e.name !== "" && isKey(e.name)) forgetKey(act, e, object);
        break;
      case "closure": {
        const props = functionProps(act, origin, true);
        if (props !== undefined) for (const name of names ?? []) writeObject(props, name, value, true);
        break;
      }
      default:
    }
  }
  noteHolder(act, object, e, computed, value);
}

/** `row.pk = None`: saved again it becomes a row of its own, which the database does not have yet. */
function forgetKey(act: Activation, { object: target }: MemberExpression, object: Value): void {
  const what = object.what.map((one) =>
    one.kind === "library" && one.state?.stored === true ? { ...one, state: stateWith(one.state, { stored: false }) } : one,
  );
  const row = { what, deps: object.deps, key: object.key };
  if (target.kind === "this") act.self = row;
  else if (target.kind === "name" && target.binding >= 0) act.env.assign(target.binding, row, act);
}

/** `module.exports = {...}` after `exports.x =` keeps what was there. */
function mergeExports(object: HeapObject, value: Value): Value {
  const first = value.what[0];
  if (first?.kind === "object" && first.object !== object)
    for (const [name, inner] of object.props) if (!first.object.props.has(name)) first.object.props.set(name, inner);
  return value;
}
