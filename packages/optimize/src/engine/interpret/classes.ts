/** Classes: their bases, members and fields, and what an instance answers. */
import type { ClassId, Member } from "../../model/facts.ts";
import type { Where } from "../../model/effect.ts";
import type { DecoratorSpec, Library } from "../../model/library.ts";
import { Activation } from "./activation.ts";
import type { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { resolutionOrder } from "./method-order.ts";
import { moduleActivation } from "./modules.ts";
import { noteBelow } from "./overrides.ts";
import { isRowType } from "./schema.ts";
import { createSummary } from "./summary.ts";
import { tableOfType } from "./types.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, HeapObject, Origin, Value } from "./value.ts";
import { constantOf, constantValue, unknown, valueOf } from "./value.ts";
import { madeInRound, nameOfMade } from "./wiring.ts";
import type { World } from "./world.ts";

export function classRefOf(world: World, unit: Unit, id: ClassId, env: Environment, wiring = ""): ClassRef {
  if (wiring !== "") return madeInRound(unit, id, env, wiring);
  const known = unit.classes.get(id);
  if (known !== undefined) return known;
  const ref: ClassRef = { unit, facts: unit.facts.classes[id] as ClassRef["facts"], env };
  unit.classes.set(id, ref);
  void world;
  return ref;
}

interface Bases {
  /** Project classes, itself first. */
  readonly project: readonly ClassRef[];
  /** The library class at the end of the chain. */
  readonly library:
    | {
        readonly library: Library;
        readonly instance: string;
        readonly statics: string | undefined;
        readonly table: string | undefined;
        /** The program's accounts are rows of what extends it. */
        readonly account?: true | undefined;
      }
    | undefined;
}

const computed = new WeakMap<ClassRef, Bases>();

export function basesOf(world: World, ref: ClassRef): Bases {
  const known = computed.get(ref);
  if (known !== undefined) return known;
  computed.set(ref, { project: [ref], library: undefined });
  const project: ClassRef[] = [ref];
  const met = new Set(project);
  const orders: (readonly ClassRef[])[] = [];
  let library: Bases["library"];
  for (const base of ref.facts.bases) {
    const value = evaluateAt(world, ref, base);
    for (const origin of value.what) {
      if (origin.kind === "class" && origin.ref !== ref) {
        const above = basesOf(world, origin.ref);
        for (const one of above.project) if (!met.has(one)) project.push(one);
        // Above one base each class is there once: those of a long line need not be counted.
        if (ref.facts.bases.length > 1 || value.what.length > 1) for (const one of above.project) met.add(one);
        orders.push(above.project);
        library ??= above.library;
        noteBelow(world, origin.ref, ref);
      } else if (origin.kind === "export" && origin.spec.class !== undefined) {
        library ??= {
          library: origin.library,
          instance: origin.spec.class,
          statics: origin.spec.statics,
          table: origin.library.models === undefined ? baseTable(world, ref, base, origin.spec.tableArgument) : undefined,
          account: origin.spec.account,
        };
      } else if (origin.kind === "library") {
        const instance = origin.library.types[origin.type]?.instances ?? origin.type;
        library ??= { library: origin.library, instance, statics: origin.type, table: origin.table };
      }
    }
  }
  const ordered = ref.unit.facts.language === "python" && orders.length > 1 ? resolutionOrder(ref, orders) : undefined;
  const out = { project: ordered ?? project, library };
  computed.set(ref, out);
  return out;
}

/** `class UserRepository extends Repository<User>` */
function baseTable(
  world: World,
  ref: ClassRef,
  base: ClassRef["facts"]["bases"][number],
  argument: number | undefined,
): string | undefined {
  const type = base.kind === "cast" && base.type.kind === "name" && argument !== undefined ? base.type.args[argument] : undefined;
  return type === undefined ? undefined : tableOfType(world, ref.unit, type);
}

/** Evaluates an expression that stands at a class: bases, decorators, fields, which may ask their instance. */
export function evaluateAt(world: World, ref: ClassRef, expression: Parameters<typeof evaluate>[1], self = unknown): Value {
  if (ref.env === ref.unit.env) return evaluate(moduleActivation(world, ref.unit, self), expression);
  const act = new Activation(
    world,
    createSummary(`${ref.unit.index}:class`, ref.unit, ref.facts.parent, unknown),
    ref.unit,
    ref.facts.parent,
    ref.env,
    self,
  );
  return evaluate(act, expression);
}

let aliases = 0;

/** A class below `ref` that declares nothing itself: for instances that are told apart from its other ones. */
export function aliasClass(world: World, ref: ClassRef): ClassRef {
  const own: ClassRef = { ...ref, facts: { ...ref.facts, id: -++aliases, members: [], bases: [], decorators: [] } };
  const { project, library } = basesOf(world, ref);
  computed.set(own, { project: [own, ...project], library });
  return own;
}

export interface FoundMember {
  readonly ref: ClassRef;
  readonly member: Member;
}

export function findMember(world: World, ref: ClassRef, name: string, isStatic: boolean, after?: ClassRef): FoundMember | undefined {
  const { project } = basesOf(world, ref);
  const from = after === undefined ? 0 : project.indexOf(after) + 1;
  for (let i = from; i < project.length; i++) {
    const one = project[i] as ClassRef;
    const member = memberTable(one, isStatic).get(name);
    if (member !== undefined) return { ref: one, member };
  }
  return undefined;
}

const tables = new WeakMap<ClassRef, { own: Map<string, Member>; static: Map<string, Member> }>();

/** In Python what the class has its instances have too. */
const sharesStatics = (ref: ClassRef): boolean => ref.unit.facts.language === "python";

/** Members by name, of instances or of the class itself. */
export function memberTable(ref: ClassRef, isStatic: boolean): Map<string, Member> {
  let table = tables.get(ref);
  if (table === undefined) {
    table = { own: new Map(), static: new Map() };
    for (const member of ref.facts.members) {
      if (member.kind === "setter" || member.kind === "constructor" || member.name === "") continue;
      for (const side of member.static && sharesStatics(ref) ? [table.static, table.own] : [member.static ? table.static : table.own]) {
        const before = side.get(member.name);
        // A declaration without a body (overload, abstract) never hides the one with it.
        if (before === undefined || (before.function === undefined && before.value === undefined)) side.set(member.name, member);
      }
    }
    tables.set(ref, table);
  }
  return isStatic ? table.static : table.own;
}

/** Fields that methods write (`this.x = …`), shared by all instances of the class. */
export function fieldsOf(world: World, ref: ClassRef, isStatic: boolean): HeapObject {
  const map = isStatic ? staticFields(world) : world.classFields;
  let object = map.get(ref);
  if (object === undefined) {
    object = { id: world.nextId++, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined };
    map.set(ref, object);
  }
  return object;
}

const staticsByWorld = new WeakMap<World, Map<ClassRef, HeapObject>>();

function staticFields(world: World): Map<ClassRef, HeapObject> {
  let map = staticsByWorld.get(world);
  if (map === undefined) {
    map = new Map();
    staticsByWorld.set(world, map);
  }
  return map;
}

export interface AppliedDecorator {
  readonly spec: DecoratorSpec;
  readonly library: Library;
  readonly name: string;
  readonly args: readonly Value[];
}

/** Decorators that a library knows, with their arguments. */
export function decoratorsOf(world: World, ref: ClassRef, decorators: readonly Parameters<typeof evaluate>[1][]): AppliedDecorator[] {
  const out: AppliedDecorator[] = [];
  for (const decorator of decorators) {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const target = evaluateAt(world, ref, callee);
    for (const origin of target.what) {
      const found = decoratorOf(world, origin);
      if (found === undefined) continue;
      const args =
        decorator.kind === "call"
          ? decorator.args
              .filter((one) => one.name === undefined || one.name === found.spec.path?.keyword)
              .map((argument) => evaluateAt(world, ref, argument.value))
          : [];
      out.push({ ...found, args });
    }
  }
  return out;
}

function decoratorOf(world: World, origin: Origin): Omit<AppliedDecorator, "args"> | undefined {
  if (origin.kind === "export") {
    const spec = origin.library.decorators?.[origin.name];
    return spec === undefined ? undefined : { spec, library: origin.library, name: origin.name };
  }
  if (origin.kind !== "package") return undefined;
  const library = world.libraries.get(origin.name);
  const spec = library?.decorators?.[origin.path];
  return spec === undefined || library === undefined ? undefined : { spec, library, name: origin.path };
}

/** Name of the table behind a model class. */
export function tableOfClass(world: World, ref: ClassRef): string {
  const known = nameOfMade(ref) ?? tableNames.get(ref);
  if (known !== undefined) return known;
  tableNames.set(ref, ref.facts.name);
  let name = basesOf(world, ref).library?.table ?? ref.facts.name;
  for (const decorator of decoratorsOf(world, ref, ref.facts.decorators)) {
    const where = decorator.spec.table?.where;
    if (where === undefined) continue;
    const text = textAt(decorator.args, where);
    if (text !== undefined) name = text;
  }
  tableNames.set(ref, name);
  return name;
}

function textAt(args: readonly Value[], where: Where | undefined): string | undefined {
  if (where === undefined) return undefined;
  const value = where.property === undefined ? args[where.arg] : propertyOf(args[where.arg], where.property);
  const text = value === undefined ? undefined : constantOf(value)?.value;
  return typeof text === "string" ? text : textAt(args, where.or);
}

/** The table that a class of the project stands for because of its base: models do, clients that are extended do not. */
export function tableOfBase(world: World, ref: ClassRef): string | undefined {
  const { library } = basesOf(world, ref);
  if (library === undefined) return undefined;
  if (isRowType(library.library, library.instance)) return tableOfClass(world, ref);
  return library.table ?? (isModel(library.library, library.statics) ? tableOfClass(world, ref) : undefined);
}

/** The class itself is asked for rows, or declares the columns of a table. */
function isModel(library: Library, statics: string | undefined): boolean {
  if (statics !== undefined && library.types[statics]?.fields !== undefined) return true;
  for (const spec of Object.values(statics === undefined ? {} : (library.types[statics]?.members ?? {}))) {
    if (typeof spec === "string") continue;
    const made = typeof spec.returns === "object" && "type" in spec.returns ? library.types[spec.returns.type]?.lazy : undefined;
    if ((spec.effect ?? made)?.kind.startsWith("db-") === true) return true;
  }
  return false;
}

const tableNames = new WeakMap<ClassRef, string>();

export function propertyOf(value: Value | undefined, path: string): Value | undefined {
  let current = value;
  for (const name of path.split(".")) {
    let next: Value | undefined;
    for (const origin of current?.what ?? []) {
      if (origin.kind === "object") next ??= origin.object.props.get(name);
      else if (origin.kind === "library") next ??= fixedOf(origin, name);
    }
    current = next;
  }
  return current;
}

/** What a library says of one of its types once and for all. */
function fixedOf({ library, type }: Extract<Origin, { kind: "library" }>, name: string): Value | undefined {
  const fixed = library.types[type]?.fixed?.[name];
  return fixed === undefined ? undefined : constantValue(fixed);
}

export function instanceValue(ref: ClassRef): Value {
  return valueOf({ kind: "instance", ref });
}
