/** Models whose rows have something done with each of them when they are written. */
import { calledName, textOf } from "./handles.ts";
import type { Reading } from "./reading.ts";

/** Decorators of sequelize-typescript and TypeORM, and the methods of Sequelize of the same meaning. */
const hook = /^(?:before|after)(?:Create|Insert|Destroy|Remove|Save|Upsert|Validate)$/i;
/** Mongoose: `schema.pre("save", …)` says no model. */
const middleware: ReadonlySet<string> = new Set(["pre", "post"]);

export function readHooked(r: Reading): void {
  for (const { name, members } of r.t.facts.classes)
    for (const { function: fn } of members)
      for (const decorator of fn === undefined ? [] : (r.t.facts.functions[fn]?.decorators ?? [])) {
        const called = decorator.kind === "call" ? decorator.callee : decorator;
        if (called.kind === "name" && hook.test(called.name)) r.found.hooked.push(name);
      }
  if (r.python) return;
  for (const { e } of r.t.calls) {
    const { callee } = e;
    if (callee.kind !== "member") continue;
    const name = calledName(e);
    const said = name === "addHook" || name === "hook" ? textOf(e.args[0]?.value) : name;
    if (said !== undefined && hook.test(said)) r.found.hooked.push(callee.object.kind === "name" ? callee.object.name : "");
    else if (middleware.has(name) && /^(?:save|deleteOne|remove|insertMany)$/.test(textOf(e.args[0]?.value) ?? "") && e.args.length > 1)
      r.found.hooked.push("");
  }
}
