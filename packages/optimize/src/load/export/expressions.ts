/** Templates and JSON of a scenario as expressions of JavaScript. */
import type { Template } from "../plan.ts";
import { templateOf } from "../scenario/template.ts";

/** Text as the content of a template literal. */
const literal = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");

/** The value of a name: `v["users.name"]`, `__ENV["TOKEN"]`. */
function nameOf(name: string): string {
  if (name.startsWith("env.")) return `__ENV[${quoted(name.slice(4))}]`;
  if (name === "random.uuid") return "uuid()";
  if (name === "random.int") return "Math.floor(Math.random() * 2147483647)";
  if (name === "now") return "Date.now()";
  return `v[${quoted(name)}]`;
}

/** A string literal. Line separators are escaped too: what reads the script may be older than them in strings. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

export function templateText(template: Template, wrap = ""): string {
  if (template.length === 1) return quoted(template[0] ?? "");
  return `\`${template.map((part, place) => (place % 2 === 0 ? literal(part) : `\${${wrap === "" ? `text(${nameOf(part)})` : `${wrap}(text(${nameOf(part)}))`}}`)).join("")}\``;
}

export function jsonText(value: unknown): string {
  if (typeof value === "string") {
    const template = templateOf(value);
    return template.length === 3 && template[0] === "" && template[2] === "" ? nameOf(template[1] ?? "") : templateText(template);
  }
  if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${quoted(key)}: ${jsonText(one)}`)
    .join(", ")} }`;
}
