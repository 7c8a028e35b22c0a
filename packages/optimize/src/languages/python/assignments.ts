/** Assignments of every form; in the body of a class they declare members. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import { expressions } from "./expressions.ts";
import { toPattern } from "./patterns.ts";
import { noExpressions } from "./reading.ts";
import type { BindingDraft, Reading } from "./reading.ts";
import { classMember, unrefer } from "./scope.ts";
import { accept, advance } from "./tokens.ts";
import { annotation, typeOf } from "./types.ts";
import type { Annotation } from "./types.ts";

/** Reads what is assigned; a lambda gets the target's name. */
function assignedValue(r: Reading, target: Expression): Expression {
  if (r.kind === "lambda") r.hint = target.kind === "name" || target.kind === "member" ? target.name : "";
  return expressions(r);
}

/** Whether names that are bound here are members of the class around. */
function declaresMembers(r: Reading): boolean {
  return r.scope.kind === "class" && r.loops === 0;
}

/** `a = b = value` behind `a`. */
export function assignments(r: Reading, first: Expression, at: number): void {
  const written = [first];
  while (accept(r, "=")) written.push(assignedValue(r, written.at(-1) as Expression));
  let value = written.pop() as Expression;
  if (r.scope === r.module && first.kind === "name" && first.name === "__all__") list(r, value);
  if (declaresMembers(r) && written.every((one) => one.kind === "name")) {
    for (const one of written.reverse()) {
      member(r, one, value, undefined);
      value = classMember(r, r.scope, one.kind === "name" ? one.name : "", one.at, one.end);
    }
    return;
  }
  // The value is evaluated once: inner targets are assigned inside of the outer one's value.
  const targets = written.map((one) => bound(r, one));
  for (const [i, { target }] of targets.entries()) {
    if (i > 0) value = { kind: "assign", target, value, operator: "", at: (written[i] as Expression).at, end: r.before };
  }
  const outer = targets[0];
  if (outer === undefined) return;
  r.out.push({ kind: "assign", target: outer.target, value, operator: "", declares: outer.declares, at, end: r.before });
  if (r.scope === r.module && targets.length === 1 && outer.target.kind === "bind") aliased(r, outer.target, value);
}

const aliases: ReadonlySet<string> = new Set(["Annotated", "Optional", "Union"]);

/** `Database = Annotated[Session, Depends(session)]` names a type. */
function aliased(r: Reading, { binding, name }: Extract<Pattern, { kind: "bind" }>, value: Expression): void {
  if (value.kind !== "member" || value.subscript !== true || binding < 0) return;
  const { object } = value;
  if ((object.kind !== "name" && object.kind !== "member") || !aliases.has(object.name)) return;
  const notes: Expression[] = [];
  const type = typeOf(r, value, notes);
  r.types.push({ name, binding, parameters: [], bases: [], type, ...(notes.length === 0 ? undefined : { notes }) });
}

/** Binds a target; says whether the statement declares its names. */
function bound(r: Reading, written: Expression): { target: Pattern; declares: boolean } {
  r.fresh = 0;
  r.bound = 0;
  const target = toPattern(r, written);
  if (r.scope.kind === "class") declareNames(r, target);
  const declares = r.fresh > 0 && r.bound === 0;
  // Names that are new beside some that are not have to exist before.
  if (r.fresh > 0 && r.bound > 0) hoist(r, target);
  return { target, declares };
}

function hoist(r: Reading, target: Pattern): void {
  if (target.kind === "bind") {
    if (r.bindings[target.binding]?.kind === "let") (r.scope.hoisted ??= new Set()).add(target.name);
  } else if (target.kind === "array") for (const one of target.elements) if (one !== null) hoist(r, one);
}

function declareNames(r: Reading, target: Pattern): void {
  if (target.kind === "array") {
    for (const one of target.elements) if (one !== null) declareNames(r, one);
  } else if (target.kind === "member" && target.target.object.kind === "name" && target.target.object.name === r.scope.class?.name)
    r.scope.class.members.push({
      name: target.target.name,
      static: true,
      kind: "field",
      abstract: false,
      decorators: noExpressions,
      at: target.at,
    });
}

function member(r: Reading, target: Expression, value: Expression | undefined, written: Annotation | undefined): void {
  if (target.kind !== "name") return;
  unrefer(r, target);
  classMember(r, r.scope, target.name, target.at, target.end);
  r.scope.class?.members.push({
    name: target.name,
    static: value !== undefined,
    kind: "field",
    abstract: false,
    ...(value === undefined ? undefined : { value }),
    ...(written === undefined ? undefined : { type: written.type }),
    decorators: written?.notes ?? noExpressions,
    at: target.at,
  });
}

/** `a: T = value` behind `a`. */
export function assigned(r: Reading, written: Expression, at: number): void {
  advance(r);
  const typed = annotation(r);
  const value = accept(r, "=") ? assignedValue(r, written) : undefined;
  if (declaresMembers(r) && written.kind === "name") {
    member(r, written, value, typed);
    return;
  }
  if (value !== undefined && r.scope === r.module && written.kind === "name" && written.name === "__all__") list(r, value);
  const { target, declares } = bound(r, written);
  if (target.kind === "bind" && target.binding >= 0) (r.bindings[target.binding] as BindingDraft).type ??= typed.type;
  // What is not assigned is only said.
  if (value === undefined) return;
  const carried: Expression = target.kind === "bind" ? value : { kind: "cast", value, type: typed.type, at: value.at, end: value.end };
  r.out.push({ kind: "assign", target, value: carried, operator: "", declares, at, end: r.before });
}

/** `a += value` behind `a`. */
export function augmented(r: Reading, written: Expression, at: number): void {
  const operator = r.kind.slice(0, -1);
  advance(r);
  const value = expressions(r);
  if (r.scope === r.module && written.kind === "name" && written.name === "__all__") list(r, value);
  const { target } = bound(r, written);
  r.out.push({ kind: "assign", target, value, operator, declares: false, at, end: r.before });
}

/** Names that `__all__` lists. */
function list(r: Reading, value: Expression): void {
  if (value.kind !== "array") return;
  const names = (r.listed ??= []);
  for (const one of value.elements)
    if (one?.value.kind === "literal" && one.value.type === "string" && !names.includes(String(one.value.value)))
      names.push(String(one.value.value));
}
