/** Evaluating expressions: one function, one case a kind of node. */
import type { Expression } from "../../model/facts-expressions.ts";
import { made } from "./sent-texts.ts";
import type { Activation } from "./activation.ts";
import { globalValue, readBinding } from "./bindings.ts";
import { evaluateCall } from "./calls.ts";
import { classRefOf } from "./classes.ts";
import { evaluateComprehension } from "./comprehensions.ts";
import { conditionalValue, logicalValue } from "./conditions.ts";
import { none, union } from "./deps.ts";
import { evaluateElement } from "./elements.ts";
import { escapes } from "./escapes.ts";
import { joinAll } from "./joins.ts";
import { noteLimited } from "./limited-work.ts";
import { literalValue, closure, objectValue, arrayValue } from "./literals.ts";
import { readMember } from "./members.ts";
import { isDefault, isStore, keeping } from "./memos.ts";
import { moduleValue, unitValue } from "./modules.ts";
import { compound, binaryValue, unaryValue } from "./operators.ts";
import { bindPattern } from "./patterns.ts";
import { textOf } from "./python-builtins.ts";
import { runPending } from "./pending.ts";
import { isSuper, superMember } from "./supers.ts";
import { typedValue } from "./types.ts";
import type { Value } from "./value.ts";
import { awaited, constantOf, constantValue, promiseOf, scalar, undefinedValue, unknown, valueOf } from "./value.ts";
import { alternativeTexts } from "./names.ts";

export function evaluate(act: Activation, e: Expression): Value {
  act.steps++;
  switch (e.kind) {
    case "name":
      return e.binding < 0 ? globalValue(act, e.name) : readBinding(act, e.binding);
    case "literal":
      return literalValue(e);
    case "member": {
      if (isSuper(act, e.object) && e.object.kind === "call" && e.name !== "") return superMember(act, e);
      const object = evaluate(act, e.object);
      const computed = e.computed === undefined ? undefined : evaluate(act, e.computed);
      return readMember(act, object, e, computed);
    }
    case "call":
      return evaluateCall(act, e);
    case "await": {
      const { argument } = act;
      act.argument = 0;
      act.awaiting++;
      const value = runPending(act, evaluate(act, e.value), e);
      act.awaiting--;
      act.argument = argument;
      if (act.limits > 0) noteLimited(act, value);
      act.waits++;
      return awaited(value);
    }
    case "function":
      return closure(act, e.function);
    case "class":
      return valueOf({ kind: "class", ref: classRefOf(act.world, act.unit, e.class, act.env, act.wiring) });
    case "object":
      return objectValue(act, e);
    case "array":
      return arrayValue(act, e);
    case "conditional":
      return conditionalValue(act, e.test, e.then, e.else);
    case "logical":
      return logicalValue(act, e);
    case "assign": {
      const value =
        e.operator === "" ? evaluate(act, e.value) : keeping(act, isDefault(e.operator) && isStore(act, e.target), () => compound(act, e));
      bindPattern(act, e.target, value, false);
      return value;
    }
    case "template": {
      let deps = none;
      let text = e.strings[0] ?? "";
      let constant = true;
      const evaluated: Value[] = [];
      for (const [i, part] of e.values.entries()) {
        const value = evaluate(act, part);
        evaluated.push(value);
        escapes(act, value, part);
        if (act.unit.facts.language === "python") textOf(act, value, part);
        deps = union(deps, value.deps);
        const known = constantOf(value);
        if (known === undefined) constant = false;
        else text += String(known.value) + (e.strings[i + 1] ?? "");
      }
      if (constant) return constantValue(text, deps);
      const alternatives = alternativeTexts(e.strings, evaluated);
      if (alternatives !== undefined) return { what: alternatives.map((value) => ({ kind: "const", value })), deps, key: undefined };
      const start = constantOf(evaluated[0] ?? unknown)?.value;
      const prefix = (e.strings[0] ?? "") + (e.values.length > 0 && typeof start === "string" ? start + (e.strings[1] ?? "") : "");
      return prefix.startsWith(".")
        ? valueOf({ kind: "pattern", prefix, suffix: e.strings[e.strings.length - 1] ?? "" }, deps)
        : made(act, scalar("string", deps), "text", evaluated, e);
    }
    case "binary":
      return binaryValue(act, e.operator, evaluate(act, e.left), evaluate(act, e.right), e);
    case "unary":
      return unaryValue(act, e);
    case "cast": {
      const value = evaluate(act, e.value);
      if (value.what.length > 0 && !value.what.every((origin) => origin.kind === "row")) return value;
      const typed = typedValue(act.world, act.unit, e.type);
      return typed.what.length === 0 ? value : { what: typed.what, deps: value.deps, key: value.key };
    }
    case "sequence":
      return e.values.reduce((_, value) => evaluate(act, value), unknown);
    case "this":
      return act.self;
    case "super":
      return act.self;
    case "import": {
      const specifier = evaluate(act, e.specifier);
      const value = importValue(act, e.specifier, specifier, e.dynamic);
      return e.dynamic ? promiseOf(value) : value;
    }
    case "yield": {
      const value = e.value === undefined ? undefinedValue : evaluate(act, e.value);
      escapes(act, value, e);
      act.returns.push(value);
      for (const loop of act.loops) loop.facts.yields = true;
      return unknown;
    }
    case "element":
      return evaluateElement(act, e);
    case "comprehension":
      return evaluateComprehension(act, e);
    default:
      return unknown;
  }
}

function importValue(act: Activation, node: Expression, specifier: Value, dynamic: boolean): Value {
  const constants = specifier.what.flatMap((origin) => (origin.kind === "const" && typeof origin.value === "string" ? [origin.value] : []));
  if (constants.length > 0) return joinAll(constants.map((text) => moduleValue(act.world, act.unit, text, !dynamic)));
  void node;
  // A path with a known head names one of the files beside each other.
  const pattern = specifier.what.find((origin) => origin.kind === "pattern");
  if (pattern?.kind !== "pattern") return unknown;
  const found = act.world.resolvePattern(act.unit, pattern.prefix, pattern.suffix);
  return joinAll(found.map((unit) => moduleValueOf(act, unit)));
}
function moduleValueOf(act: Activation, unit: Activation["unit"]): Value {
  return unitValue(act.world, unit, true);
}
