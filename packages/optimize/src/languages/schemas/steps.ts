/** The calls of a migration in the order in which they run: branches are taken, loops over written lists are unrolled. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { BindingId, Facts, FunctionFacts, FunctionId } from "../../model/facts.ts";
import { elementsIn, entriesOf, folded, scopeOf } from "./folding.ts";
import type { Scope } from "./folding.ts";

export interface Step {
  readonly call: CallExpression;
  readonly scope: Scope;
}

/** A function of the file by the name under which it is exported: `up`, `upgrade`. */
export function functionNamed(facts: Facts, name: string): FunctionFacts | undefined {
  const exported = facts.exports.find((one) => one.name === name);
  const definition = exported?.binding === undefined ? undefined : facts.bindings[exported.binding];
  if (definition?.kind === "function" && definition.definition !== undefined) return facts.functions[definition.definition];
  return facts.functions.find((fn) => fn.name === name && fn.id !== 0);
}

const mostUnrolled = 200;
const deepest = 30;
/**
 * Bodies of helpers and turns of loops below one function, each counting for more where much is bound around it and copied with it.
 * Functions that call each other several times over would be followed for ever.
 */
const mostFollowed = 20_000;
const boundPerFollowed = 100;
/** From here on no helper and no loop is followed. */
const mostSteps = 50_000;

/** Calls below a function, callbacks that are written in an argument included. */
export function stepsOf(facts: Facts, fn: FunctionFacts, scope = scopeOf(facts)): readonly Step[] {
  const steps: Step[] = [];
  const walked = new Set<FunctionId>([fn.id]);
  let followed = 0;
  walkBody(fn.body, scope);
  return steps;

  function walkBody(body: readonly Statement[], scope: Scope): void {
    for (const s of body) walkStatement(s, scope);
  }

  function walkStatement(s: Statement, scope: Scope): void {
    switch (s.kind) {
      case "expression":
      case "return":
      case "throw":
        walk(s.value, scope, 0);
        return;
      case "assign":
        walk(s.value, scope, 0);
        return;
      case "branch":
        walk(s.test, scope, 0);
        walkBody(s.then, scope);
        walkBody(s.else, scope);
        return;
      case "switch":
        for (const one of s.cases) walkBody(one.body, scope);
        return;
      case "loop": {
        const target = s.target?.kind === "bind" ? s.target.binding : undefined;
        eachOf(scope, s.iterable, target, (inner) => walkBody(s.body, inner));
        return;
      }
      case "with":
        for (const item of s.items) walk(item.value, scope, 0);
        walkBody(s.body, scope);
        return;
      case "try":
        walkBody(s.body, scope);
        walkBody(s.finalizer ?? [], scope);
        return;
      case "block":
        walkBody(s.body, scope);
        return;
      default:
    }
  }

  function walk(e: Expression | undefined, scope: Scope, depth: number): void {
    if (e === undefined || depth > deepest) return;
    switch (e.kind) {
      case "await":
      case "cast":
      case "unary":
        walk(e.value, scope, depth + 1);
        return;
      case "conditional":
        walk(e.then, scope, depth + 1);
        walk(e.else, scope, depth + 1);
        return;
      case "logical":
        walk(e.left, scope, depth + 1);
        walk(e.right, scope, depth + 1);
        return;
      case "array":
        for (const one of e.elements) walk(one?.value, scope, depth + 1);
        return;
      case "sequence":
        for (const one of e.values) walk(one, scope, depth + 1);
        return;
      case "call":
        walkCall(e, scope, depth);
        return;
      default:
    }
  }

  function walkCall(call: CallExpression, scope: Scope, depth: number): void {
    const { callee } = call;
    if (callee.kind === "member") walk(callee.object, scope, depth + 1);
    // `await Promise.all(tables.map((table) => queryInterface.addIndex(table, …)))`
    const callback = call.args[0]?.value;
    if (callee.kind === "member" && (callee.name === "map" || callee.name === "forEach") && callback?.kind === "function") {
      const fn = facts.functions[callback.function];
      const target = fn?.params[0]?.target;
      eachOf(scope, callee.object, target?.kind === "bind" ? target.binding : undefined, (inner) => walkBody(fn?.body ?? [], inner));
      return;
    }
    steps.push({ call, scope });
    for (const { value } of call.args) {
      if (value.kind === "function") walkBody(facts.functions[value.function]?.body ?? [], scope);
      else walk(value, scope, depth + 1);
    }
    // A helper of the same file does part of the work.
    const helper = callee.kind === "name" ? facts.bindings[callee.binding] : undefined;
    const fn = helper?.kind === "function" && helper.definition !== undefined ? facts.functions[helper.definition] : undefined;
    if (fn !== undefined && !walked.has(fn.id) && mayFollow(1, scope)) {
      walked.add(fn.id);
      const bound = new Map(scope.bound);
      for (const [place, parameter] of fn.params.entries()) {
        const given = call.args[place]?.value;
        if (parameter.target.kind === "bind" && given !== undefined) bound.set(parameter.target.binding, given);
      }
      walkBody(fn.body, { facts, bound });
      walked.delete(fn.id);
    }
  }

  function mayFollow(times: number, { bound }: Scope): boolean {
    const dear = times * (1 + bound.size / boundPerFollowed);
    if (followed + dear > mostFollowed || steps.length > mostSteps) return false;
    followed += dear;
    return true;
  }

  function eachOf(scope: Scope, iterable: Expression | undefined, target: BindingId | undefined, visit: (scope: Scope) => void): void {
    const elements = elementsIn(scope, iterable) ?? keysOf(scope, iterable);
    if (elements === undefined || elements.length > mostUnrolled || !mayFollow(elements.length, scope)) {
      visit(scope);
      return;
    }
    for (const element of elements) {
      const bound = new Map(scope.bound);
      if (target !== undefined) bound.set(target, element);
      visit({ facts, bound });
    }
  }
}

/** `Object.keys(columns)`, of an object that is written down. */
function keysOf(scope: Scope, e: Expression | undefined): readonly Expression[] | undefined {
  const call = folded(scope, e);
  if (call?.kind !== "call" || call.callee.kind !== "member" || call.callee.name !== "keys") return undefined;
  const { at, end } = call;
  return entriesOf(scope, call.args[0]?.value).map(([value]) => ({ kind: "literal", type: "string", value, at, end }));
}
