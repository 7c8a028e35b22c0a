/**
 * Columns that a list view declares: objects that are made with the name of an attribute and read it of each row.
 * What such an object is, the program's own class says: a method of it asks `getattr(row, self.name)`, or a function of the program that does.
 */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { basesOf, evaluateAt } from "./classes.ts";
import { inFrame } from "./inlining.ts";
import { readNamed } from "./members.ts";
import { textOf } from "./python-builtins.ts";
import { nodeAt } from "./relation-step.ts";
import { each } from "./serializers.ts";
import { noteInlined } from "./summary.ts";
import { classInfo } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf, valueOf } from "./value.ts";
import type { World } from "./world.ts";

interface Column {
  readonly path: readonly string[];
  readonly spot: { readonly at: number; readonly end: number };
}

/** Each row is shown by the columns that the view's own class declares. */
export function showColumns(act: Activation, view: Value | undefined, rows: Value | undefined, e: Expression): void {
  for (const origin of view?.what ?? []) {
    if (origin.kind !== "instance" || rows === undefined) continue;
    const ref = basesOf(act.world, origin.ref).project.find((one) => one.facts.id >= 0);
    const columns = ref === undefined || ref.unit.written !== undefined ? [] : columnsOf(act.world, ref);
    if (ref === undefined || columns.length === 0) continue;
    noteInlined(act.summary, classInfo(ref.unit, ref.facts.id).id);
    each(act, rows, e, "object_list", "template", (row) => {
      for (const column of columns)
        inFrame(act, { unit: ref.unit, fn: -1 - ref.facts.id, env: ref.env, self: valueOf(origin), home: ref }, e, false, () => {
          let value = row;
          for (const name of column.path) value = readNamed(act, value, name, column.spot);
          textOf(act, value, nodeAt(column.spot));
        });
    });
  }
}

const known = new WeakMap<ClassRef, readonly Column[]>();

function columnsOf(world: World, ref: ClassRef): readonly Column[] {
  let out = known.get(ref);
  if (out !== undefined) return out;
  const calls: CallExpression[] = [];
  for (const member of ref.facts.members) {
    if (member.kind === "field") collect(member.value, calls);
    else if (member.kind === "getter" && member.function !== undefined) collect(ref.unit.facts.functions[member.function]?.body, calls);
  }
  out = calls.flatMap((call): Column[] => {
    for (const origin of evaluateAt(world, ref, call.callee).what) {
      const names = origin.kind === "class" ? attributeParameters(world, origin.ref) : undefined;
      if (names === undefined) continue;
      for (const { name, index } of names) {
        const given = call.args.find((one) => one.name === name)?.value ?? (index < 0 ? undefined : positional(call, index));
        const text = given === undefined ? undefined : constantOf(evaluateAt(world, ref, given))?.value;
        // Something else than a text computes the cell.
        if (given !== undefined && typeof text !== "string") return [];
        if (typeof text === "string" && /^\w+(\.\w+)*$/.test(text))
          return [{ path: text.split("."), spot: { at: call.at, end: call.end } }];
      }
    }
    return [];
  });
  known.set(ref, out);
  return out;
}

function positional(call: CallExpression, index: number): Expression | undefined {
  const plain = call.args.filter((one) => one.name === undefined);
  return plain.some((one) => one.spread) ? undefined : plain[index]?.value;
}

function collect(node: unknown, out: CallExpression[]): void {
  if (Array.isArray(node)) for (const one of node) collect(one, out);
  else if (node !== null && typeof node === "object") {
    const record = node as Record<string, unknown>;
    if (record["kind"] === "call") out.push(node as CallExpression);
    for (const name in record) collect(record[name], out);
  }
}

interface Parameter {
  readonly name: string;
  readonly index: number;
}

const parameters = new WeakMap<ClassRef, readonly Parameter[] | "none">();

/** Parameters of the constructor whose text names the attribute, the decisive one first. */
function attributeParameters(world: World, ref: ClassRef): readonly Parameter[] | undefined {
  const before = parameters.get(ref);
  if (before !== undefined) return before === "none" ? undefined : before;
  let found: readonly Parameter[] | undefined;
  const { project } = basesOf(world, ref);
  for (const base of project) {
    for (const member of base.facts.members) {
      const fn = member.function === undefined ? undefined : base.unit.facts.functions[member.function];
      if (fn === undefined || member.static || found !== undefined) continue;
      const calls: CallExpression[] = [];
      collect(fn.body, calls);
      for (const call of calls) {
        const [row, name] = call.args.map((one) => one.value);
        const isRow = row?.kind === "name" && base.unit.facts.bindings[row.binding]?.kind === "parameter";
        if (!isRow || name?.kind !== "member" || name.object.kind !== "this" || !readsByName(world, base, call.callee)) continue;
        found ??= assignedFrom(project, name.name);
      }
    }
    if (found !== undefined) break;
  }
  parameters.set(ref, found ?? "none");
  return found;
}

/** `getattr`, or a function of the program that calls it. */
function readsByName(world: World, ref: ClassRef, callee: Expression): boolean {
  if (callee.kind === "name" && callee.binding < 0) return callee.name === "getattr";
  return evaluateAt(world, ref, callee).what.some((origin) => {
    if (origin.kind !== "closure") return false;
    const calls: CallExpression[] = [];
    collect(origin.unit.facts.functions[origin.fn]?.body, calls);
    return calls.some((one) => one.callee.kind === "name" && one.callee.binding < 0 && one.callee.name === "getattr");
  });
}

/** `self.accessor = accessor or name` in a constructor: accessor, then name. */
function assignedFrom(project: readonly ClassRef[], field: string): readonly Parameter[] | undefined {
  for (const base of project) {
    const made = base.facts.members.find((one) => one.kind === "constructor" && one.function !== undefined);
    const fn = made?.function === undefined ? undefined : base.unit.facts.functions[made.function];
    for (const s of fn?.body ?? []) {
      if (s.kind !== "assign" || s.target.kind !== "member" || s.target.target.object.kind !== "this" || s.target.target.name !== field)
        continue;
      const names: string[] = [];
      const visit = (e: Expression | undefined): void => {
        if (e?.kind === "name") names.push(e.name);
        else if (e?.kind === "logical") {
          visit(e.left);
          visit(e.right);
        }
      };
      visit(s.value);
      const out = names.flatMap((name) => {
        const index = fn?.params.findIndex((one) => one.target.kind === "bind" && one.target.name === name) ?? -1;
        return index < 0 ? [] : [{ name, index: fn?.params[index]?.keyword === "only" ? -1 : index }];
      });
      if (out.length > 0) return out;
    }
  }
  return undefined;
}
