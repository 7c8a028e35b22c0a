/** Methods of classes that routes name: by a class and a word, or by a text. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callFunctions } from "./call-targets.ts";
import { findMember, instanceValue } from "./classes.ts";
import { exportedValue, resolved, settled } from "./modules.ts";
import { readObject } from "./members.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

type ArrayOrigin = Extract<Origin, { kind: "array" }>;

/** `[OrdersController, "index"]`, or the controller alone, which then is a function by itself. */
export function isControllerPair(origin: Origin): origin is ArrayOrigin {
  if (origin.kind !== "array" || origin.elements === undefined) return false;
  const [first, name] = origin.elements;
  return (
    first !== undefined &&
    origin.elements.length <= 2 &&
    (name === undefined ? isClass(first) : typeof constantOf(name)?.value === "string")
  );
}

function isClass(value: Value): boolean {
  return value.what.some((origin) => origin.kind === "class");
}

export function methodOfController(act: Activation, { elements }: ArrayOrigin, e: Expression): Value[] {
  const [holder = unknown, name] = elements ?? [];
  const word = name === undefined ? "handle" : constantOf(name)?.value;
  return typeof word === "string" ? methodsIn(act, loaded(act, holder, e), word) : [];
}

/** `"OrdersController.index"`, `"admin/OrdersController.index"`, `"#controllers/orders_controller.index"` */
export function methodOfText(act: Activation, text: string, folders: readonly string[], e: Expression): Value[] {
  const [, path = "", word = "handle"] = /^([^.\s]+)(?:\.(\w+))?$/u.exec(text) ?? [];
  if (path === "") return [];
  const target = path.includes("/") || path.startsWith("#") ? resolved(act.world, act.unit, path) : undefined;
  const unit = target?.kind === "unit" ? target.unit : unitBelow(act.world, folders, path);
  return unit === undefined ? [] : methodsIn(act, loaded(act, exportedValue(act.world, unit, "default") ?? unknown, e), word);
}

function unitBelow(world: World, folders: readonly string[], path: string): Unit | undefined {
  for (const folder of folders) {
    const end = `${folder}/${path}`;
    for (const unit of world.units) {
      const bare = unit.facts.file.replace(/\.\w+$/u, "");
      if (bare === end || bare.endsWith(`/${end}`)) return unit;
    }
  }
  return undefined;
}

/** What a function that loads a module gives: the module's default export, or the module when it has none. */
export function loaded(act: Activation, value: Value, e: Expression, depth = 0): Value {
  if (depth > 3) return value;
  const now = settled(value);
  for (const origin of now.what) {
    if (origin.kind === "promise") return loaded(act, origin.value, e, depth + 1);
    if (origin.kind === "namespace") {
      const whole = exportedValue(act.world, origin.unit, "default");
      return whole === undefined ? now : loaded(act, whole, e, depth + 1);
    }
    if (origin.kind === "closure" && origin.home === undefined)
      return loaded(act, callFunctions(act, valueOf(origin), [], e) ?? unknown, e, depth + 1);
  }
  return now;
}

/** The methods of that name: of the class's instances, of an object, of a module. */
export function methodsIn({ world, summary }: Pick<Activation, "world" | "summary">, value: Value, name: string): Value[] {
  const out: Value[] = [];
  for (const origin of value.what) {
    if (origin.kind === "class" || origin.kind === "instance") {
      const found = findMember(world, origin.ref, name, false);
      const fn = found?.member.function ?? (found?.member.value?.kind === "function" ? found.member.value.function : undefined);
      if (found === undefined || fn === undefined) continue;
      const { ref } = found;
      out.push(valueOf({ kind: "closure", unit: ref.unit, fn, env: ref.env, self: instanceValue(origin.ref), home: ref }));
    } else if (origin.kind === "namespace" || origin.kind === "object") {
      const member = origin.kind === "namespace" ? exportedValue(world, origin.unit, name) : readObject(origin.object, name, summary);
      if (member !== undefined)
        out.push(...member.what.filter((one) => one.kind === "closure" || one.kind === "bound").map((one) => valueOf(one)));
    }
  }
  return out;
}
