/** `{{name}}` in texts of a scenario. */
import { randomUUID } from "node:crypto";
import type { Template } from "../plan.ts";

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Cuts a text at its names. */
export function templateOf(text: string): Template {
  return text.split(placeholder);
}

/** The names in a template. */
export function namesIn(template: Template): string[] {
  return template.filter((_, place) => place % 2 === 1);
}

export type Variables = Record<string, unknown>;

/** A name that has no value. */
export class MissingVariable extends Error {}

/** Fills a template in; each value goes through `escape`. Throws MissingVariable. */
export function filled(template: Template, variables: Variables, escape: (text: string) => string = String): string {
  let text = template[0] ?? "";
  for (let place = 1; place < template.length; place += 2) {
    text += escape(textOf(valueOf(template[place] ?? "", variables))) + (template[place + 1] ?? "");
  }
  return text;
}

/** Fills in every text of a JSON value; a text that is nothing but one name becomes the value itself. */
export function filledJson(value: unknown, variables: Variables): unknown {
  if (typeof value === "string") {
    const template = templateOf(value);
    return template.length === 3 && template[0] === "" && template[2] === ""
      ? valueOf(template[1] ?? "", variables)
      : filled(template, variables);
  }
  if (Array.isArray(value)) return value.map((one) => filledJson(one, variables));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledJson(one, variables)]));
}

/** Names in every text of a JSON value. */
export function namesInJson(value: unknown): string[] {
  if (typeof value === "string") return namesIn(templateOf(value));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(namesInJson) : [];
}

const made: Readonly<Record<string, () => unknown>> = {
  "random.uuid": randomUUID,
  "random.int": () => Math.floor(Math.random() * 2_147_483_647),
  now: () => Date.now(),
};

/** Names that have a value everywhere. */
export const madeNames = Object.keys(made);

function valueOf(name: string, variables: Variables): unknown {
  if (Object.hasOwn(variables, name)) return variables[name];
  const make = Object.hasOwn(made, name) ? made[name] : undefined;
  if (make === undefined) throw new MissingVariable(`{{${name}}} has no value`);
  return make();
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
