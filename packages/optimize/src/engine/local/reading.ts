/** Reading one file's text: what its parts share. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { LocalList, LocalLoop, Locals } from "../../model/local.ts";
import type { FunctionInfo, Place } from "../../model/project.ts";
import { isData, isTable } from "../interpret/sights.ts";
import type { Sight } from "../interpret/sights.ts";
import type { Unit } from "../interpret/unit.ts";
import { functionInfo, nameOf, placeOf, wordsOf } from "../interpret/unit.ts";
import { kindOf } from "./kinds.ts";
import type { Known } from "./kinds.ts";
import { blocksOf, someInside } from "./parts.ts";
import type { Around, FileText, Spot, Uses } from "./text.ts";
import { fieldKey } from "./text.ts";

type Found = { -readonly [K in keyof Locals]: Locals[K][number][] };

export interface Reading {
  readonly t: FileText;
  readonly unit: Unit;
  readonly python: boolean;
  readonly found: Found;
  readonly sight: (key: number) => Sight | undefined;
  /** Some other file imports a variable of that name. */
  readonly importedElsewhere: (name: string) => boolean;
}

export function placeIn(
  r: Reading,
  node: { readonly at: number; readonly end: number },
  spot: Spot,
): { readonly place: Place; readonly function: FunctionInfo } {
  return { place: placeOf(r.unit, node, spot.fn), function: functionInfo(r.unit, spot.fn) };
}

/** The variable or field that an expression is, by a key that is the same for each use; "" when it is something else. */
export function keyOf(r: Reading, e: Expression, spot: Spot): string {
  if (e.kind === "name") return e.binding < 0 ? "" : `v${String(e.binding)}`;
  if (e.kind === "cast") return keyOf(r, e.value, spot);
  if (e.kind !== "member" || e.name === "") return "";
  if (e.object.kind === "this") {
    const field = fieldKey(r.t.facts, spot.fn, e.name);
    return field === undefined ? "" : `f${field}`;
  }
  const object = keyOf(r, e.object, spot);
  return object === "" ? "" : `${object}.${e.name}`;
}

/** Uses of the variable or field at the root of an expression: `rows` of `rows.items`. */
export function rootUses(r: Reading, e: Expression, spot: Spot): Uses | undefined {
  if (e.kind === "name") return r.t.bindings.get(e.binding);
  if (e.kind === "cast") return rootUses(r, e.value, spot);
  if (e.kind !== "member") return undefined;
  if (e.object.kind === "this") {
    const field = fieldKey(r.t.facts, spot.fn, e.name);
    return field === undefined ? undefined : r.t.fields.get(field);
  }
  return rootUses(r, e.object, spot);
}

export function knownOf(r: Reading, e: Expression, spot: Spot): Known {
  return kindOf(r.t, e, spot);
}

/** What is known of a list by the text and by what interpretation met at `key`. */
export function listAt(r: Reading, e: Expression, spot: Spot, key: number, grows: boolean): LocalList & { readonly is: Known["kind"] } {
  const known = knownOf(r, e, spot);
  const met = r.sight(key);
  const list = met?.list === true && !met.set && !met.map && !met.text && !met.other;
  const max = known.max ?? (met === undefined || met.max === Infinity || (met.max === 0 && !list) ? undefined : met.max);
  const is =
    known.kind ?? (list ? "list" : met?.set === true ? "set" : met?.map === true ? "map" : met?.text === true ? "text" : undefined);
  return {
    words: nameOf(e) === "" ? wordsOf(e) : nameOf(e),
    proven: is === "list" && met?.set !== true && met?.map !== true,
    max: grows ? undefined : max,
    fixed: known.fixed && !grows,
    data: met !== undefined && isData(met),
    table: met !== undefined && isTable(met),
    grows,
    is,
  };
}

export function loopOf(r: Reading, around: Around, spot: Spot): LocalLoop {
  const { form, iterable, statement, node, key } = around;
  const met = r.sight(key);
  const list = iterable ?? (statement === undefined ? undefined : countedOver(statement));
  const known = list === undefined ? { kind: undefined, fixed: false, max: undefined } : knownOf(r, list, spot);
  const counted = statement?.form === "count" ? constantBound(statement) : undefined;
  const max = counted ?? known.max ?? (met === undefined || met.max === Infinity || met.max === 0 ? undefined : met.max);
  return {
    place: placeOf(r.unit, node, spot.fn),
    form,
    words: list === undefined ? "" : nameOf(list),
    max,
    fixed: counted !== undefined || known.fixed,
    data: met !== undefined && isData(met),
    table: met !== undefined && isTable(met),
    waits: statement !== undefined && waitsIn(statement.body),
  };
}

/** `for (let i = 0; i < list.length; i++)`: the list. */
function countedOver({ test }: { readonly test?: Expression | undefined }): Expression | undefined {
  if (test?.kind !== "binary" || !test.operator.startsWith("<")) return undefined;
  const { right } = test;
  if (right.kind === "member" && right.name === "length") return right.object;
  return undefined;
}

function constantBound({ test }: { readonly test?: Expression | undefined }): number | undefined {
  return test?.kind === "binary" && test.operator.startsWith("<") && test.right.kind === "literal" && typeof test.right.value === "number"
    ? test.right.value
    : undefined;
}

/** Some statement of the blocks awaits. */
export function waitsIn(body: readonly Statement[]): boolean {
  return body.some((s) => partsOf(s).some((e) => someInside(e, (part) => part.kind === "await")) || blocksOf(s).some(waitsIn));
}

/** Expressions that stand in the statement itself. */
export function partsOf(s: Statement): readonly Expression[] {
  switch (s.kind) {
    case "expression":
      return [s.value];
    case "assign":
    case "return":
    case "throw":
      return s.value === undefined ? [] : [s.value];
    case "branch":
      return [s.test];
    case "switch":
      return [s.subject];
    case "loop":
      return [s.iterable, s.test, s.update].filter((part) => part !== undefined);
    case "with":
      return s.items.map((item) => item.value);
    default:
      return [];
  }
}

/** Does the place lie in the loop's node? */
export function isInside(node: { readonly at: number; readonly end: number }, e: { readonly at: number; readonly end: number }): boolean {
  return node.at <= e.at && e.end <= node.end;
}

/** The expression uses something that the loop's rounds give: its element, or a variable that is written inside. */
export function dependsOnLoop(r: Reading, e: Expression, around: Around): boolean {
  return someInside(e, (part) => {
    if (part.kind === "function") return bodyDepends(r, part.function, around);
    if (part.kind !== "name" || part.binding < 0) return false;
    return isMadeIn(r, part.binding, around);
  });
}

export function isMadeIn(r: Reading, binding: number, around: Around): boolean {
  return around.targets.includes(binding) || (r.t.bindings.get(binding)?.writes.some(({ spot }) => spot.loops.includes(around)) ?? false);
}

function bodyDepends(r: Reading, fn: number, around: Around): boolean {
  const facts = r.t.facts.functions[fn];
  if (facts === undefined) return false;
  const own = (s: Statement): boolean =>
    partsOf(s).some((e) => dependsOnLoop(r, e, around)) || blocksOf(s).some((block) => block.some(own));
  return facts.body.some(own);
}
