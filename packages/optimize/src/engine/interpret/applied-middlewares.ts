/** What runs before a method of a controller: middlewares that a module applies to its route, then guards that stand at the class or the method. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { AppliedDecorator } from "./classes.ts";
import { findMember } from "./classes.ts";
import { evaluate } from "./expressions.ts";
import { moduleActivation } from "./modules.ts";
import { textOf } from "./registrations.ts";
import type { ClassRef, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { Registration, World } from "./world.ts";

/** The name that a class has as a middleware: that of the method which is called. */
const middleware = "use";

/** `name`: method and path, as entries are named. */
export function beforeRoute(world: World, ref: ClassRef, name: string, decorators: readonly AppliedDecorator[]): Value[] {
  const applied = world.registrations.filter((one) => one.spec.kind === "applied" && isFor(world, one, ref, name));
  const guards = decorators.flatMap(({ spec, args }) => (spec.before === undefined ? [] : called(world, args, spec.before)));
  return [...applied.flatMap((one) => called(world, one.handlers, middleware)), ...guards];
}

/** Functions as they are; of a class the method that the framework calls. */
function called(world: World, values: readonly Value[], method: string): Value[] {
  return values.flatMap((value) =>
    value.what.flatMap((origin): Value[] => {
      if (origin.kind === "closure" || origin.kind === "bound") return [valueOf(origin)];
      if (origin.kind !== "class" && origin.kind !== "instance") return [];
      const found = findMember(world, origin.ref, method, false);
      if (found?.member.function === undefined) return [];
      const self = valueOf({ kind: "instance", ref: origin.ref });
      return [valueOf({ kind: "closure", unit: found.ref.unit, fn: found.member.function, env: found.ref.env, self, home: found.ref })];
    }),
  );
}

function isFor(world: World, one: Registration, ref: ClassRef, name: string): boolean {
  if (one.node.kind !== "call") return false;
  const [method = "", path = ""] = name.split(" ");
  const named = (call: CallExpression): boolean => call.args.some(({ value }) => isRoute(world, one, value, ref, method, path));
  for (let call: Expression = one.node; call.kind === "call" && call.callee.kind === "member"; call = call.callee.object)
    if (call.callee.name === "exclude" && named(call)) return false;
  return named(one.node);
}

/** `"orders"` and everything below, `{ path: "orders/:id", method: RequestMethod.PUT }`, or a controller. */
function isRoute(world: World, one: Registration, e: Expression, ref: ClassRef, method: string, path: string): boolean {
  const value = evaluate(moduleActivation(world, one.unit), e);
  if (value.what.some((origin) => origin.kind === "class" && origin.ref === ref)) return true;
  const text = textOf(value);
  if (text !== undefined) return covers(text, path, true);
  for (const origin of value.what) {
    const own = origin.kind === "object" ? textOf(origin.object.props.get("path")) : undefined;
    if (own === undefined) continue;
    const verb = e.kind === "object" ? methodIn(e) : undefined;
    if (verb === undefined || verb === "ALL" || verb === method) return covers(own, path, false);
  }
  return false;
}

/** The member of the framework's list of methods, as it is written. */
function methodIn(e: Extract<Expression, { kind: "object" }>): string | undefined {
  for (const one of e.properties) if (one.name === "method" && one.value.kind === "member") return one.value.name;
  return undefined;
}

/** Segment by segment: a parameter and a star stand for anything. */
function covers(pattern: string, path: string, below: boolean): boolean {
  const asked = segments(pattern);
  const given = segments(path);
  for (const [i, one] of asked.entries()) {
    if (/^(\*|\(\.\*\)|\{\*)/.test(one)) return true;
    const other = given[i];
    if (other === undefined || (!one.startsWith(":") && one !== other)) return false;
  }
  return below || asked.length === given.length;
}

const segments = (path: string): string[] => path.split("/").filter((one) => one !== "");
