/** Going through the functions of one file once. */
import type { Argument, CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { BindingId, Facts, FunctionId } from "../../model/facts.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { boundBy, expressionsIn } from "./parts.ts";
import type { Around, FileText, Site, Spot, Uses } from "./text.ts";
import { fieldKey } from "./text.ts";

/** Methods of lists that call their function for each element, and where its parameter for the element is. */
const iterating: Readonly<Record<string, number>> = {
  map: 0,
  forEach: 0,
  filter: 0,
  flatMap: 0,
  some: 0,
  every: 0,
  find: 0,
  findIndex: 0,
  findLast: 0,
  findLastIndex: 0,
  reduce: 1,
  reduceRight: 1,
};

const nowhere: readonly Around[] = [];

export function readText(facts: Facts): FileText {
  const bindings = new Map<BindingId, Uses>();
  const fields = new Map<string, Uses>();
  const calls: (Site & { readonly e: CallExpression })[] = [];
  const expressions: Site[] = [];
  const statements: { s: Statement; spot: Spot }[] = [];
  const standing = new Map<FunctionId, Site>();
  const usesOf = <K>(map: Map<K, Uses>, key: K): Uses => {
    let uses = map.get(key);
    if (uses === undefined) map.set(key, (uses = { reads: [], writes: [] }));
    return uses;
  };

  const write = (
    target: Pattern,
    value: Expression | undefined,
    operator: string,
    node: Expression | Statement | undefined,
    spot: Spot,
    whole: boolean,
  ): void => {
    if (target.kind === "bind") usesOf(bindings, target.binding).writes.push({ value, operator, node, spot, whole });
    else if (target.kind === "member") {
      const { object, name } = target.target;
      if (object.kind === "this" && name !== "") {
        const field = fieldKey(facts, spot.fn, name);
        if (field !== undefined) usesOf(fields, field).writes.push({ value, operator, node, spot, whole });
      } else expression(object, target.target, node, spot);
      if (target.target.computed !== undefined) expression(target.target.computed, target.target, node, spot);
    } else if (target.kind === "default") {
      expression(target.value, node, undefined, spot);
      write(target.target, value, operator, node, spot, false);
    } else {
      const inner = target.kind === "object" ? target.properties.map((one) => one.target) : target.elements;
      for (const one of inner) if (one !== null) write(one, undefined, operator, node, spot, false);
      if (target.rest !== undefined) write(target.rest, undefined, operator, node, spot, false);
    }
  };

  const enter = (id: FunctionId, loops: readonly Around[], statement: Statement | undefined): void => {
    const fn = facts.functions[id];
    if (fn === undefined) return;
    const spot: Spot = { fn: id, loops, statement };
    for (const { target, default: value } of fn.params) {
      if (value !== undefined) expression(value, undefined, undefined, spot);
      for (const binding of boundBy(target))
        usesOf(bindings, binding).writes.push({ value: undefined, operator: "", node: undefined, spot, whole: target.kind === "bind" });
    }
    block(fn.body, spot);
  };

  const block = (list: readonly Statement[], spot: Spot): void => {
    for (const s of list) statementOf(s, spot);
  };

  const statementOf = (s: Statement, around: Spot): void => {
    const spot: Spot = { fn: around.fn, loops: around.loops, statement: s };
    statements.push({ s, spot });
    switch (s.kind) {
      case "expression":
        return expression(s.value, s, undefined, spot);
      case "assign":
        if (s.value !== undefined) expression(s.value, s, undefined, spot);
        return write(s.target, s.value, s.operator, s, spot, true);
      case "return":
      case "throw":
        if (s.value !== undefined) expression(s.value, s, undefined, spot);
        return;
      case "branch":
        expression(s.test, s, undefined, spot);
        block(s.then, spot);
        return block(s.else, spot);
      case "switch":
        expression(s.subject, s, undefined, spot);
        for (const one of s.cases) {
          if (one.test !== undefined) expression(one.test, s, undefined, spot);
          block(one.body, spot);
        }
        return;
      case "loop": {
        block(s.init, spot);
        if (s.iterable !== undefined) expression(s.iterable, s, undefined, spot);
        const loop: Around = {
          node: s,
          form: s.form,
          iterable: s.iterable,
          statement: s,
          method: "",
          targets: boundBy(s.target),
          key: s.at,
        };
        const inside: Spot = { fn: spot.fn, loops: [...spot.loops, loop], statement: s };
        if (s.target !== undefined) write(s.target, undefined, "", s, inside, false);
        if (s.test !== undefined) expression(s.test, s, undefined, inside);
        if (s.update !== undefined) expression(s.update, s, undefined, inside);
        return block(s.body, inside);
      }
      case "try":
        block(s.body, spot);
        if (s.param !== undefined) write(s.param, undefined, "", s, spot, false);
        block(s.handler ?? [], spot);
        return block(s.finalizer ?? [], spot);
      case "with":
        for (const { value, target } of s.items) {
          expression(value, s, undefined, spot);
          if (target !== undefined) write(target, value, "", s, spot, true);
        }
        return block(s.body, spot);
      case "block":
        return block(s.body, spot);
      default:
        return;
    }
  };

  const expression = (
    e: Expression,
    parent: Expression | Statement | undefined,
    above: Expression | Statement | undefined,
    spot: Spot,
  ): void => {
    switch (e.kind) {
      case "name":
        if (e.binding >= 0) usesOf(bindings, e.binding).reads.push({ e, parent, above, spot });
        return;
      case "literal":
        if (e.type === "regexp") expressions.push({ e, parent, spot });
        return;
      case "member":
        if (e.object.kind === "this" && e.name !== "") {
          const field = fieldKey(facts, spot.fn, e.name);
          if (field !== undefined) usesOf(fields, field).reads.push({ e, parent, above, spot });
        }
        expression(e.object, e, parent, spot);
        if (e.computed !== undefined) expression(e.computed, e, parent, spot);
        return;
      case "function":
        standing.set(e.function, { e, parent, spot });
        return enter(e.function, nowhere, spot.statement);
      case "call": {
        calls.push({ e, parent, spot });
        expression(e.callee, e, parent, spot);
        const method = e.callee.kind === "member" ? e.callee.name : "";
        const at = Object.hasOwn(iterating, method) ? iterating[method] : undefined;
        for (let i = 0; i < e.args.length; i++) {
          const { value } = e.args[i] as Argument;
          if (i === 0 && at !== undefined && value.kind === "function" && e.callee.kind === "member") {
            standing.set(value.function, { e: value, parent: e, spot });
            const loop: Around = {
              node: e,
              form: "callback",
              iterable: e.callee.object,
              statement: undefined,
              method,
              targets: boundBy(facts.functions[value.function]?.params[at]?.target),
              key: e.callee.end,
            };
            enter(value.function, [...spot.loops, loop], spot.statement);
          } else expression(value, e, parent, spot);
        }
        return;
      }
      case "comprehension": {
        expressions.push({ e, parent, spot });
        let inside = spot;
        for (const { target, iterable, tests } of e.clauses) {
          expression(iterable, e, parent, inside);
          const loop: Around = {
            node: e,
            form: "comprehension",
            iterable,
            statement: undefined,
            method: "",
            targets: boundBy(target),
            key: iterable.end,
          };
          inside = { fn: spot.fn, loops: [...inside.loops, loop], statement: spot.statement };
          write(target, undefined, "", e, inside, false);
          for (const test of tests) expression(test, e, parent, inside);
        }
        expression(e.value, e, parent, inside);
        if (e.key !== undefined) expression(e.key, e, parent, inside);
        return;
      }
      case "assign":
        expressions.push({ e, parent, spot });
        expression(e.value, e, parent, spot);
        return write(e.target, e.value, e.operator, e, spot, true);
      case "binary":
        expressions.push({ e, parent, spot });
        break;
      case "unary":
        if ((e.operator === "++" || e.operator === "--") && e.value.kind === "name" && e.value.binding >= 0)
          usesOf(bindings, e.value.binding).writes.push({ value: undefined, operator: e.operator, node: e, spot, whole: true });
        break;
      case "array":
      case "object":
        expressions.push({ e, parent, spot });
        break;
      default:
        break;
    }
    inside(e, parent, spot);
  };

  // Apart: where a function is made, its surroundings are too, and most expressions need none.
  const inside = (e: Expression, parent: Expression | Statement | undefined, spot: Spot): void =>
    expressionsIn(e, (part) => expression(part, e, parent, spot));

  enter(0, nowhere, undefined);
  for (const fn of facts.functions) if (fn.id !== 0 && !standing.has(fn.id)) enter(fn.id, nowhere, undefined);
  for (const one of facts.classes)
    for (const { name, value, kind, static: fixed, parameter } of one.members) {
      if (kind !== "field") continue;
      const spot: Spot = { fn: one.parent, loops: nowhere, statement: undefined };
      if (value !== undefined && value.kind !== "function") expression(value, undefined, undefined, spot);
      if (!fixed && (value !== undefined || parameter !== undefined))
        usesOf(fields, `${String(one.id)}:${name}`).writes.push({ value, operator: "", node: undefined, spot, whole: true });
    }
  return { facts, bindings, fields, calls, expressions, statements, standing };
}
