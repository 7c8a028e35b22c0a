/**
 * Texts that are made of what somebody sent: trimmed, changed, put together, checked. What they say is still what that one says. They have a key that
 * names the parameter inside, as `String($0.id)` does.
 */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

/** Methods of texts that give a text as long as it is, or nearly. */
export const shaping: ReadonlySet<string> = new Set(
  "trim trimStart trimEnd toLowerCase toUpperCase normalize toString replace replaceAll concat padStart padEnd".split(" "),
);

/** Longer keys are not made. */
const longest = 160;

/** What a function of the project makes of it (`f3:12($0.text)`) is its own. */
const ofParameter = /^(?:(?:String|decodeURIComponent|\w+@\d+:\d+)\()*\$(\d+)/;

/** The parameter that the key names, or names a part of: "0" of `$0.text`, of `trim@3:120($0.text)`. */
export function parameterIn(key: string | undefined): string | undefined {
  return key === undefined ? undefined : ofParameter.exec(key)?.[1];
}

/** `text.trim()`, `text.replace(/x/g, "")`: where nothing else decides what comes out. */
export function shaped(act: Activation, value: Value, receiver: Value, name: string, e: CallExpression): Value {
  if (value.key !== undefined || !shaping.has(name) || act.unit.facts.language === "python") return value;
  return e.args.every((one) => one.value.kind === "literal" || one.value.kind === "function")
    ? made(act, value, name, [receiver], e)
    : value;
}

/** The parts of a text, or what was checked: all of them are constants, or have keys. */
export function made(act: Activation, value: Value, name: string, parts: readonly Value[], e: Expression): Value {
  const keys: string[] = [];
  for (const part of parts) {
    if (part.key === undefined && constantOf(part) === undefined) return value;
    if (part.key !== undefined) keys.push(part.key);
  }
  // What was sent goes first: that is what is looked for.
  const first = keys.findIndex((key) => parameterIn(key) !== undefined);
  if (first < 0) return value;
  const [sent = ""] = keys.splice(first, 1);
  const key = `${name}@${String(act.unit.index)}:${String(e.at)}(${[sent, ...keys].join(",")})`;
  return key.length > longest ? value : { what: value.what, deps: value.deps, key };
}
