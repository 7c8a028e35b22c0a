/** What a library says of itself in its own language: its exports, and the project's places that stand for places in it. */
import type { Library } from "../../model/library.ts";
import { lineAt } from "../../model/facts.ts";
import type { Place } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { basesOf } from "./classes.ts";
import { exportedValue } from "./modules.ts";
import { classInfo, placeOf } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import type { World } from "./world.ts";

interface Node {
  readonly at: number;
  readonly end: number;
}

/** What a library says that one of its exports is and does. */
export function writtenExport(world: World, library: Library | undefined, name: string): Value | undefined {
  const unit = library?.written === undefined ? undefined : world.written(library);
  return unit === undefined ? undefined : exportedValue(world, unit, name);
}

/** The place of the project that stands for one in a library's own words: its class, or the call that led there. */
export function shownPlace(act: Activation, node: Node): Place {
  const own = placeInClass(act, act.self, node);
  if (own !== undefined) return own;
  for (let i = act.frames.length - 1; i > 0; i--) {
    const frame = act.frames[i];
    if (frame?.call === undefined) continue;
    if (frame.callUnit.written === undefined) return placeOf(frame.callUnit, frame.call, frame.callFn);
    const around = placeInClass(act, frame.callSelf, frame.call);
    if (around !== undefined) return around;
  }
  return placeOf(act.unit, node, act.fn);
}

/** In code of classes above, a library's own too: the place is in the class of the instance, which says more than what all of its siblings share. */
export function placeOfClass(act: Activation, place: Place | undefined): Place | undefined {
  const ref = place === undefined || act.unit.facts.language !== "python" ? undefined : classIn(act.world, act.self);
  if (ref === undefined || place === undefined || act.home === ref || (act.unit === ref.unit && act.home === undefined)) return undefined;
  if (place.file !== ref.unit.facts.file || place.at < ref.facts.at || place.at >= ref.facts.end) return undefined;
  return place.function.module ? { ...place, function: classInfo(ref.unit, ref.facts.id) } : place;
}

/** The same library's words are another operation in each class. */
export function placeKey(act: Activation, node: Node): string {
  const { file, at } = shownPlace(act, node);
  return `${act.unit.facts.file}>${file}:${String(at)}`;
}

/** Ids of what stands for the library's function in the project. */
export function shownFunctions(world: World, self: Value | undefined): string[] {
  const ref = self === undefined ? undefined : classIn(world, self);
  return ref === undefined ? [] : [classInfo(ref.unit, ref.facts.id).id];
}

function placeInClass(act: Activation, self: Value | undefined, node: Node): Place | undefined {
  const ref = self === undefined ? undefined : classIn(act.world, self);
  if (ref === undefined) return undefined;
  const { lines, file } = ref.unit.facts;
  const { at, end } = declared(ref, act.unit.written?.slice(node.at, node.end) ?? "") ?? heading(ref);
  const line = lineAt(lines, at);
  return {
    file,
    at,
    end,
    line,
    endLine: lineAt(lines, end),
    column: at - (lines[line - 1] ?? 0) + 1,
    function: classInfo(ref.unit, ref.facts.id),
  };
}

/** The first of the project's classes above and at an instance's class: who says what is done. */
function classIn(world: World, self: Value): ClassRef | undefined {
  for (const origin of self.what) {
    if (origin.kind !== "instance" && origin.kind !== "class") continue;
    const own = basesOf(world, origin.ref).project.find((ref) => ref.unit.written === undefined && ref.facts.id >= 0);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** Of `self.model.objects`: the line in the class that says which model. */
function declared(ref: ClassRef, text: string): Node | undefined {
  for (const [, name] of text.matchAll(/\bself\.(\w+)/g)) {
    const member = ref.facts.members.find((one) => one.name === name && one.kind === "field");
    if (member !== undefined) return { at: member.at, end: member.value?.end ?? member.at + member.name.length };
  }
  return undefined;
}

function heading(ref: ClassRef): Node {
  const { at, name } = ref.facts;
  return { at, end: at + "class ".length + name.length };
}
