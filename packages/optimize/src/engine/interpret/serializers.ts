/** Serializers: classes whose declared fields say what is read of each thing that they are made for. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Through } from "../../model/project.ts";
import type { SerializerSpec } from "../../model/serializer.ts";
import type { Activation } from "./activation.ts";
import { callable, callValue } from "./call-targets.ts";
import { aliasClass, basesOf, fieldsOf, findMember } from "./classes.ts";
import { at } from "./drafts.ts";
import { callClosure } from "./functions.ts";
import { inFrame } from "./inlining.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { invoke } from "./libraries.ts";
import { libraryMember } from "./library-members.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import type { Spot } from "./members.ts";
import { readNamed, readObject } from "./members.ts";
import { iterated } from "./pending.ts";
import { namedOf, withNamed } from "./python.ts";
import { textOf } from "./python-builtins.ts";
import { nodeAt } from "./relation-step.ts";
import { isQuery, isRow } from "./row-results.ts";
import { withEager } from "./row-state.ts";
import { shownFields } from "./serializer-fields.ts";
import type { ShownField } from "./serializer-fields.ts";
import { noteInlined } from "./summary.ts";
import { classInfo } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import { awaited, bare, constantOf, unknown, valueOf, withDeps } from "./value.ts";

const maxDepth = 5;

/** What the class says of serializers, when it is one. */
export function serializerSpec(
  act: Activation,
  ref: ClassRef,
): { readonly origin: LibraryOrigin; readonly spec: SerializerSpec } | undefined {
  const { library } = basesOf(act.world, ref);
  const spec = library === undefined ? undefined : library.library.types[library.instance]?.serializer;
  if (library === undefined || spec === undefined) return undefined;
  const origin: LibraryOrigin = {
    kind: "library",
    library: library.library,
    type: library.instance,
    table: undefined,
    site: `class:${ref.facts.name}`,
    model: ref,
  };
  return { origin, spec };
}

const places = new WeakMap<ClassRef, Map<string, ClassRef>>();

/** Instances with a constructor of the project's own are told apart by where they are made: what they were given decides what they show. */
export function serializerClass(act: Activation, ref: ClassRef, e: { readonly at: number }): ClassRef | undefined {
  if (serializerSpec(act, ref) === undefined) return undefined;
  const made = basesOf(act.world, ref).project.some(
    (base) => base.unit.written === undefined && base.facts.members.some((member) => member.kind === "constructor"),
  );
  if (!made) return undefined;
  const map = places.get(ref) ?? new Map<string, ClassRef>();
  places.set(ref, map);
  const place = `${String(act.unit.index)}:${String(e.at)}`;
  const own = map.get(place) ?? aliasClass(act.world, ref);
  map.set(place, own);
  return own;
}

/** An instance keeps what it was made with. */
export function madeSerializer(act: Activation, ref: ClassRef, args: readonly Value[], deps: Value["deps"]): Value | undefined {
  const found = serializerSpec(act, ref);
  return found === undefined ? undefined : valueOf({ ...found.origin, made: bareArguments(args) }, deps);
}

/** What they depend on, the serializer as a whole depends on. */
function bareArguments(args: readonly Value[]): readonly Value[] {
  const named = new Map([...(namedOf(args) ?? [])].map(([name, value]) => [name, bare(value)]));
  return withNamed(args.map(bare), named);
}

/** The project's own members with the serializer as `self`, then the library's. */
export function serializerMember(act: Activation, origin: LibraryOrigin, name: string, object: Value, spot: Spot): Value | undefined {
  const { model } = origin;
  const found = model === undefined ? undefined : findMember(act.world, model, name, false);
  if (found?.member.function !== undefined) {
    const self: Value = { what: [origin], deps: object.deps, key: object.key };
    const closure = {
      kind: "closure" as const,
      unit: found.ref.unit,
      fn: found.member.function,
      env: found.ref.env,
      self,
      home: found.ref,
    };
    return found.member.kind === "getter" ? callClosure(act, closure, [], nodeAt(spot)) : valueOf(closure);
  }
  if (found !== undefined && model !== undefined) return readNamed(act, valueOf({ kind: "class", ref: model }), name, spot);
  const value = libraryMember(act, origin, name, object);
  if (value === undefined && model !== undefined)
    for (const ref of basesOf(act.world, model).project) {
      const written = readObject(fieldsOf(act.world, ref, false), name, act.summary);
      if (written !== undefined && written.what.length > 0) return written;
    }
  const [method] = value?.what ?? [];
  return method?.kind === "library-method" && method.spec.property === true ? invoke(act, method, [], nodeAt(spot), object) : value;
}

/** `serializer.data`: everything that it was made for is shown. */
export function showAll(act: Activation, origin: LibraryOrigin, deps: Value["deps"], e: Expression): Value {
  const spec = origin.library.types[origin.type]?.serializer;
  if (spec === undefined || origin.model === undefined) return unknown;
  const made = { args: origin.made ?? [] };
  const instance = at(made, spec.instance);
  if (instance === undefined) return unknown;
  showValue(act, origin, withDeps(instance, deps), constantOf(at(made, spec.many) ?? unknown)?.value === true, e, 0);
  return unknown;
}

function showValue(act: Activation, origin: LibraryOrigin, value: Value, many: boolean, e: Expression, depth: number): void {
  const { through } = act;
  act.through ??= "serializer";
  if (many) each(act, value, e, origin.model?.facts.name ?? "", "serializer", (row) => show(act, origin, row, e, depth));
  else show(act, origin, value, e, depth);
  act.through = through;
}

/** Runs `body` for the elements of a list or query. */
export function each(act: Activation, value: Value, e: Expression, words: string, shows: Through, body: (row: Value) => void): void {
  const list = awaited(iterated(act, value, e));
  const before = act.cost;
  act.cost = {};
  const { through } = act;
  // The loop belongs to whoever asks for the list; what runs in it is shown by the serializer.
  act.through = undefined;
  const frame = openLoop(act, { node: e, form: "each", list, words, mode: "sequential" });
  act.through = through ?? shows;
  body(elementOf(act, list, frame, list.deps));
  act.through = through;
  closeLoop(act, frame, before);
}

/** One row, by the project's own `to_representation` where it has one. */
function show(act: Activation, origin: LibraryOrigin, row: Value, e: Expression, depth: number): void {
  const { model } = origin;
  const spec = origin.library.types[origin.type]?.serializer;
  const own = model === undefined || spec === undefined ? undefined : findMember(act.world, model, spec.represents, false);
  if (own?.member.function === undefined || own.ref.unit.written !== undefined) return showFields(act, origin, row, e, depth);
  const self = valueOf(origin);
  callClosure(act, { kind: "closure", unit: own.ref.unit, fn: own.member.function, env: own.ref.env, self, home: own.ref }, [row], e);
}

/** Each field that the class shows is read from the row. */
export function showFields(act: Activation, origin: LibraryOrigin, row: Value, e: Expression, depth = 0): void {
  const { model } = origin;
  if (model === undefined || depth > maxDepth || act.deep) return;
  let known = row;
  for (const field of shownFields(act, origin, row)) {
    noteInlined(act.summary, classInfo(field.ref.unit, field.ref.facts.id).id);
    inFrame(
      act,
      { unit: field.ref.unit, fn: -1 - field.ref.facts.id, env: field.ref.env, self: valueOf(origin), home: field.ref },
      e,
      false,
      () => showField(act, origin, field, known, depth),
    );
    if (field.method === undefined) known = withRead(known, field.path);
  }
}

/** What one field read of the row is there for the next ones. */
function withRead(row: Value, path: readonly string[]): Value {
  const paths = path.slice(0, 4).map((_, i) => path.slice(0, i + 1).join("."));
  const what = row.what.map((origin) =>
    isRow(origin) && origin.state !== undefined ? { ...origin, state: withEager(origin.state, paths) } : origin,
  );
  return { what, deps: row.deps, key: row.key };
}

function showField(act: Activation, origin: LibraryOrigin, field: ShownField, row: Value, depth: number): void {
  const e = nodeAt(field.spot);
  if (field.method !== undefined) {
    const target = serializerMember(act, origin, field.method, valueOf(origin), field.spot);
    if (target !== undefined) callValue(act, target, [row], e, valueOf(origin));
    return;
  }
  let value = row;
  for (const name of field.path) value = called(act, readNamed(act, value, name, field.spot), e);
  if (field.nested !== undefined) showValue(act, field.nested, value, field.many, e, depth + 1);
  else if (field.many || value.what.some(isQuery))
    each(act, value, e, field.path.at(-1) ?? "", "serializer", (one) => shownText(act, field, one));
  else shownText(act, field, value);
}

/** A field may show the text of what it reads. */
function shownText(act: Activation, field: ShownField, value: Value): void {
  if (field.text === true) textOf(act, value, nodeAt(field.spot));
}

/** What can be called without arguments is called. */
function called(act: Activation, value: Value, e: Expression): Value {
  return value.what.some((origin) => origin.kind === "closure" && callable(origin)) ? callValue(act, value, [], e) : value;
}
