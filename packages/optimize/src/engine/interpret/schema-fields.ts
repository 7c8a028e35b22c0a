/** Fields that declare relations, where classes of the program stand for tables. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Member } from "../../model/facts.ts";
import type { Library } from "../../model/library.ts";
import type { FieldSpec } from "../../model/models.ts";
import { basesOf, evaluateAt } from "./classes.ts";
import { at } from "./drafts.ts";
import { argumentsAt } from "./schema-arguments.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf } from "./value.ts";
import type { World } from "./world.ts";

export interface Declared {
  readonly ref: ClassRef;
  readonly name: string;
  readonly member: Member;
  readonly spec: FieldSpec;
  readonly args: readonly Value[];
}

/** The fields of a class, without those of its bases. */
export function declaredFields(world: World, ref: ClassRef): Declared[] {
  const out: Declared[] = [];
  for (const member of ref.facts.members) {
    const value = member.kind === "field" ? member.value : returnedBy(ref, member);
    if (value?.kind !== "call") continue;
    const spec = fieldSpec(world, ref, value.callee);
    if (spec === undefined) continue;
    out.push({ ref, name: member.name, member, spec, args: argumentsAt(world, ref, value.args) });
  }
  return out;
}

/** A field that a mixin makes anew for each class: `@declared_attr def owner(cls): return relationship("User")`. */
function returnedBy(ref: ClassRef, member: Member): Expression | undefined {
  if (member.function === undefined || member.decorators.length === 0) return undefined;
  const last = ref.unit.facts.functions[member.function]?.body.at(-1);
  return last?.kind === "return" ? last.value : undefined;
}

/** What the constructor of a field says, also through the project's own fields that extend it. */
function fieldSpec(world: World, ref: ClassRef, callee: Expression): FieldSpec | undefined {
  for (const origin of evaluateAt(world, ref, callee).what) {
    if (origin.kind === "library-method") {
      const { returns } = origin.spec;
      const spec = typeof returns === "object" && "type" in returns ? typeField(origin.library, returns.type) : undefined;
      if (spec !== undefined) return spec;
    } else if (origin.kind === "export") {
      const made = origin.spec.value === undefined ? undefined : origin.library.types[origin.spec.value]?.call?.returns;
      const spec =
        typeField(origin.library, origin.spec.class ?? origin.spec.value) ??
        (typeof made === "object" && "type" in made ? typeField(origin.library, made.type) : undefined);
      if (spec !== undefined) return spec;
    } else if (origin.kind === "class") {
      const { library } = basesOf(world, origin.ref);
      const spec = library === undefined ? undefined : typeField(library.library, library.instance);
      if (spec !== undefined) return spec;
    }
  }
  return undefined;
}

function typeField(library: Library, type: string | undefined): FieldSpec | undefined {
  return type === undefined ? undefined : library.types[type]?.field;
}

/** `passive_deletes=True`, `passive_deletes="all"` */
export function isSet(value: Value | undefined): boolean {
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  return constant !== undefined && constant !== false && constant !== null;
}

/** The name under which the library exports what becomes of the rows that point to one that goes. */
export function onDeleteOf({ spec, args }: Declared): string | undefined {
  for (const origin of at({ args }, spec.onDelete)?.what ?? []) {
    if (origin.kind === "export") return origin.name;
    if (origin.kind === "library" && origin.type === "OnDelete") return "SET";
  }
  return undefined;
}

/** Whether the project declares the table between the two sides. */
export function betweenOf({ spec, args }: Declared): "made" | "declared" | undefined {
  if (spec.through === undefined) return undefined;
  return at({ args }, spec.through) === undefined ? "made" : "declared";
}
