import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { assets } from "../config.js";

/** Slow on purpose: every call stops the whole process while the file is read. */
export function receiptTemplate(): string {
  return readFileSync(new URL("receipt.html", assets), "utf8");
}

export async function receiptTemplateInBackground(): Promise<string> {
  return readFile(new URL("receipt.html", assets), "utf8");
}

export function fill(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}
