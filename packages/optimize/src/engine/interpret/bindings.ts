/** What a name stands for: a binding of the file, or a global of the runtime. */
import type { Activation } from "./activation.ts";
import { classRefOf } from "./classes.ts";
import { closure } from "./literals.ts";
import { variableKey } from "./lost-updates.ts";
import { readObject } from "./members.ts";
import { bindingValue, settled } from "./modules.ts";
import { namedByFile } from "./named-files.ts";
import { undeclared } from "./python.ts";
import { templateGlobal } from "./templates.ts";
import { typedValue } from "./types.ts";
import type { Value } from "./value.ts";
import { constantValue, undefinedValue, unknown, valueOf } from "./value.ts";

export function readBinding(act: Activation, id: number): Value {
  const { unit } = act;
  const found = act.env.get(id, act, act.summary);
  const value = found === undefined || found.what[0]?.kind !== "commonjs" ? found : settled(found);
  const binding = unit.facts.bindings[id];
  if (binding === undefined) return value ?? unknown;
  if (value === undefined) {
    if (binding.kind === "import" || (binding.owner === 0 && (binding.kind === "class" || binding.kind === "function")))
      return bindingValue(act.world, unit, id);
    if (binding.kind === "class" && binding.definition !== undefined)
      return valueOf({ kind: "class", ref: classRefOf(act.world, unit, binding.definition, act.env, unit === act.unit ? act.wiring : "") });
    if (binding.kind === "function" && binding.definition !== undefined) {
      const made = closure(act, binding.definition);
      return made;
    }
    if (binding.kind === "module")
      return valueOf(binding.name === "exports" ? { kind: "object", object: unit.exports } : { kind: "exports", unit });
  }
  const variable = value === undefined || value.key !== undefined ? undefined : variableKey(act, id);
  if (variable !== undefined && value !== undefined && value.what.every((origin) => origin.kind === "scalar" || origin.kind === "const"))
    return { what: value.what, deps: value.deps, key: variable };
  if (value !== undefined && value.what.length > 0) return value;
  if (binding.type === undefined) return value ?? unknown;
  const typed = typedValue(act.world, unit, binding.type);
  return value === undefined ? typed : { what: typed.what, deps: value.deps, key: value.key };
}

const builtins = new Set([
  "Promise",
  "Object",
  "Array",
  "JSON",
  "Math",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "String",
  "Number",
  "Boolean",
  "Date",
  "RegExp",
  "Symbol",
  "Reflect",
  "Error",
  "Buffer",
  "process",
  "globalThis",
  "global",
  "window",
  "structuredClone",
  "Intl",
  "BigInt",
  "parseInt",
  "parseFloat",
  "isNaN",
  "encodeURIComponent",
  "decodeURIComponent",
  "URL",
  "URLSearchParams",
  "AbortController",
  "AbortSignal",
  "TypeError",
  "RangeError",
  "clearTimeout",
  "clearInterval",
  "import.meta",
  "new.target",
  "Proxy",
  "Iterator",
  "TextEncoder",
  "TextDecoder",
  "Uint8Array",
  "isFinite",
  "atob",
  "btoa",
  "console",
  "arguments",
  "Headers",
  "Request",
  "Response",
  "FormData",
  "Blob",
  "performance",
  "queueMicrotask",
]);

export function globalValue(act: Activation, name: string): Value {
  if (act.unit.facts.language === "template") return templateGlobal(name) ?? undeclared(act, name);
  if (act.unit.facts.language === "python") return undeclared(act, name);
  const known = act.world.globals.get(name);
  if (known !== undefined) return valueOf({ kind: "export", library: known.library, spec: known.spec, name });
  if (name === "undefined") return undefinedValue;
  if (name === "globalThis" || name === "global" || name === "window" || name === "self")
    return valueOf({ kind: "object", object: act.world.globalObject });
  if (name === "__dirname") return constantValue(".");
  if (builtins.has(name)) return valueOf({ kind: "builtin", name });
  // `global.App = …` in another file.
  return readObject(act.world.globalObject, name, act.summary) ?? namedByFile(act, name) ?? unknown;
}
