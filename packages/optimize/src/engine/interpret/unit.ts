/** A unit is one file in the interpretation: its facts, its module frame and what it exports. */
import type { LendsSpec } from "../../model/lends.ts";
import type { PoolSpec } from "../../model/pools.ts";
import type { BindingId, Facts, FunctionId, TypeFacts } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { lineAt } from "../../model/facts.ts";
import type { FunctionInfo, Place } from "../../model/project.ts";
import { Environment } from "./environment.ts";
import type { Memos } from "./memos.ts";
import type { Sight } from "./sights.ts";
import type { Summary } from "./summary.ts";
import type { ClassRef, HeapObject, Value } from "./value.ts";

export type Resolved =
  | { readonly kind: "unit"; readonly unit: Unit }
  | { readonly kind: "package"; readonly name: string; readonly path: string }
  | { readonly kind: "unknown" };

export interface Unit {
  readonly index: number;
  readonly facts: Facts;
  readonly env: Environment;
  state: "new" | "running" | "done";
  /** `module.exports`; its properties are what `exports.x =` writes. */
  readonly exports: HeapObject;
  /** `module.exports = value`. */
  replaced: Value | undefined;
  /** Who reads its variables from the outside: nobody that would have to be asked again. */
  outside: Summary | undefined;
  readonly classes: Map<number, ClassRef>;
  readonly infos: Map<FunctionId, FunctionInfo>;
  readonly resolved: Map<string, Resolved>;
  readonly typesByBinding: ReadonlyMap<BindingId, TypeFacts>;
  /** What its blocks keep for the next time, as far as it was asked. */
  readonly memos: Map<readonly Statement[], Memos>;
  /** What was met at places that the reading of its text asks about. */
  readonly sights: Map<number, Sight>;
  /** What calls open, by library and type. */
  readonly openings: Map<number, string>;
  /** What calls take out of a pool, by the end of what is called. */
  readonly lent: Map<number, LendsSpec>;
  /** What calls make pools, by the end of what is called. */
  readonly pools: Map<number, { readonly spec: PoolSpec; readonly library: string }>;
  /** What calls run a function in a transaction, by the end of what is called. */
  readonly transacting: Set<number>;
  /** What calls let the process wait for requests, by the end of what is called. */
  readonly listening: Set<number>;
  /** Package folder that owns the file, for names in messages and file conventions. */
  readonly packageDir: string;
  /** The text of what a library says of itself: no file of the project, its places are never shown. */
  readonly written: string | undefined;
}

export function createUnit(index: number, facts: Facts, packageDir: string, written?: string): Unit {
  const env = new Environment(undefined, {}, true);
  return {
    index,
    facts,
    env,
    packageDir,
    written,
    state: "new",
    exports: { id: -1 - index, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined },
    replaced: undefined,
    outside: undefined,
    classes: new Map(),
    infos: new Map(),
    resolved: new Map(),
    typesByBinding: new Map(facts.types.map((type) => [type.binding, type])),
    memos: new Map(),
    sights: new Map(),
    openings: new Map(),
    lent: new Map(),
    pools: new Map(),
    transacting: new Set(),
    listening: new Set(),
  };
}

export function functionInfo(unit: Unit, id: FunctionId): FunctionInfo {
  const known = unit.infos.get(id);
  if (known !== undefined) return known;
  const fn = unit.facts.functions[id];
  if (id < 0) return classInfo(unit, -1 - id);
  const info: FunctionInfo = {
    id: `${unit.facts.file}#${id}`,
    file: unit.facts.file,
    symbol: symbolOf(unit, id),
    line: fn === undefined ? 1 : lineAt(unit.facts.lines, fn.at),
    endLine: fn === undefined ? 1 : lineAt(unit.facts.lines, fn.end),
    async: fn?.async ?? false,
    className: fn?.class === undefined ? undefined : unit.facts.classes[fn.class]?.name,
    module: id === 0,
    language: unit.facts.language === "python" ? "python" : "javascript",
  };
  unit.infos.set(id, info);
  return info;
}

/** A class as what holds a place: numbered below zero, so that it is no function of the file. */
export function classInfo(unit: Unit, id: number): FunctionInfo {
  const number = -1 - id;
  const known = unit.infos.get(number);
  if (known !== undefined) return known;
  const { lines, file, classes } = unit.facts;
  const { at, end, name } = classes[id] ?? { at: 0, end: 0, name: "" };
  const info: FunctionInfo = {
    id: `${file}#class:${String(at)}`,
    file,
    symbol: name,
    line: lineAt(lines, at),
    endLine: lineAt(lines, end),
    async: false,
    className: name,
    module: false,
    language: "python",
  };
  unit.infos.set(number, info);
  return info;
}

/** Names of the functions and classes around it, outermost first; anonymous ones are passed over. */
function symbolOf(unit: Unit, id: FunctionId): string {
  const names: string[] = [];
  let current = unit.facts.functions[id];
  for (let guard = 0; current !== undefined && current.id !== 0 && guard < 64; guard++) {
    if (current.name !== "") names.unshift(current.name);
    const owner = current.class === undefined ? undefined : unit.facts.classes[current.class];
    if (owner !== undefined && owner.name !== "") names.unshift(owner.name);
    current = unit.facts.functions[owner === undefined ? current.parent : owner.parent];
  }
  return names.join(".");
}

export function placeOf(unit: Unit, node: { readonly at: number; readonly end: number }, fn: FunctionId): Place {
  const { lines, file } = unit.facts;
  const line = lineAt(lines, node.at);
  return {
    file,
    at: node.at,
    end: node.end,
    line,
    endLine: lineAt(lines, Math.max(node.at, node.end - 1)),
    column: node.at - (lines[line - 1] ?? 0) + 1,
    function: functionInfo(unit, fn),
  };
}

/** The expression in few words: `this.orders.total`, `prisma.user.findMany`. */
export function wordsOf(expression: Expression | undefined, depth = 0): string {
  if (expression === undefined || depth > 8) return "";
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "this":
      return expression.word ?? "this";
    case "super":
      return "super";
    case "member": {
      // A tag or filter of a template goes by its own name.
      if (expression.object.kind === "name" && expression.object.name === "templatetags") return expression.name.replace(/^\w+:/, "");
      const object = wordsOf(expression.object, depth + 1);
      const name = expression.name === "" ? "[…]" : expression.name;
      return object === "" ? name : expression.name === "" ? `${object}[…]` : `${object}.${name}`;
    }
    case "call": {
      const callee = wordsOf(expression.callee, depth + 1);
      return expression.new ? `new ${callee}` : `${callee}()`;
    }
    case "await":
    case "cast":
      return wordsOf(expression.value, depth + 1);
    case "import":
      return "require()";
    case "array":
      return "[…]";
    case "object":
      return "{…}";
    default:
      return "";
  }
}

/** Methods that give a list of what they are called on. */
const makers: ReadonlySet<string> = new Set(
  (
    "filter slice sort map concat reverse flat values keys entries from uniq uniqBy flatMap toSorted toReversed all split match matchAll " +
    "compact groupBy keyBy chunk difference differenceBy sortBy orderBy shuffle fill splice " +
    "exclude order_by select_related prefetch_related annotate only defer iterator"
  ).split(" "),
);
/** The same as functions of their own. */
const regrouping: ReadonlySet<string> = new Set(
  "groupBy keyBy chunk uniq uniqBy sortBy orderBy compact difference differenceBy enumerate zip reversed sorted list set tuple iter".split(
    " ",
  ),
);

/** The last name of the expression: what people call the list. */
export function nameOf(expression: Expression | undefined, depth = 0): string {
  if (expression === undefined || depth > 12) return "";
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "member":
      // `Book.objects` is known by the model.
      return expression.name === "" || expression.name === "objects" ? nameOf(expression.object, depth + 1) : expression.name;
    case "call": {
      const callee = expression.callee;
      if (callee.kind === "member" && makers.has(callee.name)) {
        const receiver = callee.object.kind === "name" && callee.object.binding < 0 ? undefined : nameOf(callee.object, depth + 1);
        return receiver !== undefined && receiver !== "" ? receiver : nameOf(expression.args[0]?.value, depth + 1);
      }
      // `groupBy(orders, "place")` of a library: the list is the first argument; of a project's own function the name says what it gives.
      const first = expression.args[0]?.value;
      const given = callee.kind === "name" && regrouping.has(callee.name) ? nameOf(first, depth + 1) : "";
      return given === "" ? nameOf(callee, depth + 1) : given;
    }
    case "await":
    case "cast":
      return nameOf(expression.value, depth + 1);
    case "logical":
    case "binary":
      return nameOf(expression.left, depth + 1);
    case "conditional":
      return nameOf(expression.then, depth + 1);
    case "array": {
      const spread = expression.elements.find((element) => element?.spread);
      return nameOf(spread?.value, depth + 1);
    }
    default:
      return "";
  }
}

/** The name of what a call calls: "findByPk" of `Order.findByPk(id)`. */
export function calledName(e: Expression): string {
  return e.kind === "call" && (e.callee.kind === "member" || e.callee.kind === "name") ? e.callee.name : "";
}
