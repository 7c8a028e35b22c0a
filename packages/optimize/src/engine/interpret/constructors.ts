/** Making instances: `new`, and a class that is called. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { noteMade } from "./alternatives.ts";
import { callBuiltin } from "./builtins.ts";
import { basesOf, findMember, fieldsOf } from "./classes.ts";
import { constructLibrary } from "./clients.ts";
import { none } from "./deps.ts";
import { escapes, later } from "./escapes.ts";
import { callClosure } from "./functions.ts";
import { fieldsGiven } from "./made-with.ts";
import { join } from "./joins.ts";
import { asksRows, madeQuery } from "./managers.ts";
import { writeObject } from "./member-writes.ts";
import { readNamed } from "./members.ts";
import { unborn } from "./mutations.ts";
import { madeRow } from "./row-members.ts";
import { depsOf, mayWriteRows } from "./unknown-calls.ts";
import { madeSerializer, serializerClass } from "./serializers.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { unknownFrom, valueOf, withDeps } from "./value.ts";

export function construct(act: Activation, target: Value, args: readonly Value[], e: CallExpression | Expression): Value {
  let out: Value | undefined;
  const deps = depsOf(args);
  for (const origin of target.what) {
    let value: Value | undefined;
    if (origin.kind === "class") {
      const opens = opensClient(act, origin.ref);
      if (opens !== undefined) act.opening++;
      const ref = serializerClass(act, origin.ref, e) ?? origin.ref;
      noteMade(act.world, origin.ref);
      runConstructor(act, ref, args, e);
      if (opens !== undefined) act.opening--;
      // `class Database extends Client`: making one opens what making a client opens.
      if (opens !== undefined) constructLibrary(act, opens, [], e);
      value =
        queryMade(act, origin.ref, args, e) ??
        madeRow(act, origin.ref, deps) ??
        madeSerializer(act, ref, args, deps) ??
        valueOf({ kind: "instance", ref: origin.ref, exact: namesClass(act, e), given: fieldsGiven(act.world, origin.ref, args) }, deps);
    } else if (origin.kind === "export" || origin.kind === "library")
      value = libraryQuery(act, origin, args, e) ?? constructLibrary(act, origin, args, e);
    else if (origin.kind === "builtin") value = callBuiltin(act, `new ${origin.name}`, args, e);
    else if (origin.kind === "closure") {
      // A function used as a constructor: its prototype's methods are its properties'.
      callClosure(act, { ...origin, self: undefined }, args, e);
      const proto = readNamed(act, valueOf(origin), "prototype", e);
      value = proto.what.length > 0 ? withDeps(proto, deps) : undefined;
    } else if (origin.kind === "package") {
      const named = origin.library?.exports["default"];
      if (named !== undefined && origin.library !== undefined)
        value = constructLibrary(act, { kind: "export", library: origin.library, spec: named, name: "default" }, args, e);
    }
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  if (out !== undefined) return out;
  if (act.unit.facts.language === "python") mayWriteRows(act, target, args, undefined);
  for (const arg of args) {
    escapes(act, arg, e);
    for (const origin of arg.what) if (origin.kind === "closure") later(act, origin, e);
  }
  return unknownFrom(deps);
}

/** `Repository(session)`: the class is named where it is called, as opposed to `cls(…)`, which a class below it may be. */
function namesClass(act: Activation, e: CallExpression | Expression): true | undefined {
  let named = e.kind === "call" ? e.callee : undefined;
  while (named?.kind === "member" && named.name !== "") named = named.object;
  if (named?.kind !== "name" || named.binding < 0) return undefined;
  const kind = act.unit.facts.bindings[named.binding]?.kind;
  return kind === "class" || kind === "import" ? true : undefined;
}

/** An instance of the project's own class of queries. */
function queryMade(act: Activation, ref: ClassRef, args: readonly Value[], e: Expression): Value | undefined {
  const { library } = basesOf(act.world, ref);
  if (library === undefined || args.length === 0 || !asksRows(act.world, ref)) return undefined;
  const query = { library: library.library, type: library.instance };
  const made = madeQuery(act.world, query, ref, { args, site: `${act.unit.index}:${e.at}` });
  return made === undefined ? undefined : withDeps(made, depsOf(args));
}

/** An instance of the library's own class of queries, of the model that it is given. */
function libraryQuery(act: Activation, origin: Origin, args: readonly Value[], e: Expression): Value | undefined {
  const type = origin.kind === "export" ? origin.spec.class : undefined;
  if (origin.kind !== "export" || type === undefined || !args.some((arg) => arg.what.some((one) => one.kind === "class"))) return undefined;
  const made = madeQuery(act.world, { library: origin.library, type }, undefined, { args, site: `${act.unit.index}:${e.at}` });
  return made === undefined ? undefined : withDeps(made, depsOf(args));
}

/** The library's client that the class ends in, when making one opens a connection. */
export function opensClient(act: Activation, ref: ClassRef): Extract<Origin, { kind: "library" }> | undefined {
  const { library } = basesOf(act.world, ref);
  if (library?.library.types[library.instance]?.construct?.effect?.kind !== "connect") return undefined;
  return { kind: "library", library: library.library, type: library.instance, table: undefined, site: `class:${ref.facts.name}` };
}

/** The constructor runs with its arguments: parameters that declare fields keep what they got. */
function runConstructor(act: Activation, ref: Extract<Origin, { kind: "class" }>["ref"], args: readonly Value[], e: Expression): void {
  for (const base of basesOf(act.world, ref).project) {
    const made = base.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
    if (made?.function === undefined) continue;
    for (const member of base.facts.members) {
      if (member.parameter === undefined) continue;
      const value = args[member.parameter];
      if (value !== undefined && value.what.length > 0) writeObject(fieldsOf(act.world, base, false), member.name, value, true);
    }
    const self = valueOf({ kind: "instance", ref, exact: namesClass(act, e) }, none, unborn);
    callClosure(act, { kind: "closure", unit: base.unit, fn: made.function, env: base.env, self, home: base }, args, e);
    return;
  }
  for (const base of basesOf(act.world, ref).project)
    for (const member of base.facts.members)
      if (member.kind === "field" && !member.static && member.value?.kind === "call") void findMember(act.world, base, member.name, false);
}
