/** Lists that a module of Python fills at its own level: in one go, in branches, by adding to them. */
import type { Expression } from "../../model/facts-expressions.ts";
import { evaluate } from "./expressions.ts";
import { exportedValue, moduleActivation } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import type { World } from "./world.ts";

/** What the module puts into its list, piece by piece. */
export function listed(world: World, unit: Unit, list: string): Value[] {
  const out: Value[] = [];
  const visit = (statements: Unit["facts"]["functions"][number]["body"]): void => {
    for (const s of statements) {
      if (s.kind === "branch") {
        visit(s.then);
        visit(s.else);
      } else if (s.kind === "try") visit(s.body);
      else if (s.kind === "assign" && s.value !== undefined && s.target.kind === "bind" && s.target.name === list)
        out.push(...pieces(world, unit, s.value));
      else if (s.kind === "expression" && s.value.kind === "call" && s.value.callee.kind === "member") {
        const { object, name } = s.value.callee;
        if (object.kind === "name" && object.name === list && (name === "append" || name === "extend" || name === "insert"))
          for (const arg of s.value.args) out.push(...pieces(world, unit, arg.value));
      }
    }
  };
  visit(unit.facts.functions[0]?.body ?? []);
  const value = out.length > 0 ? undefined : exportedValue(world, unit, list);
  return value === undefined ? out : [value];
}

function pieces(world: World, unit: Unit, e: Expression): Value[] {
  if (e.kind === "binary" && e.operator === "+") return [...pieces(world, unit, e.left), ...pieces(world, unit, e.right)];
  if (e.kind === "array") return e.elements.flatMap((one) => (one === null ? [] : pieces(world, unit, one.value)));
  return [evaluate(moduleActivation(world, unit), e)];
}
