/** Manifests and configurations: small files that resolution needs, read with care because a stranger wrote them. */
import { realpathSync } from "node:fs";
import { sep } from "node:path";
import type { Stats } from "node:fs";
import { parse } from "jsonc-parser";
import { digest, noteInput, stampOf } from "./inputs.ts";
import { readBytes } from "./source-text.ts";

/** Bytes; no manifest that people maintain comes near. */
const largestConfig = 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `path` is `folder` or inside it; both absolute and normalised. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The text of a configuration inside `boundary`, undefined when there is none (or it is a link that leads out, a pipe, a folder, too large). */
export function readConfigText(path: string, boundary: string): string | undefined {
  let real: string | undefined;
  let stats: Stats | undefined;
  let text: string | undefined;
  try {
    real = realpathSync(path);
    if (isInside(boundary, real)) {
      const bytes = readBytes(path, largestConfig, true, (before) => (stats = before));
      text = typeof bytes === "string" ? undefined : bytes.toString("utf8").replace(/^\ufeff/u, "");
    }
  } catch {
    text = undefined;
  }
  // Behind a link the entry itself says nothing about what is there.
  noteInput("config", path, stats === undefined || real !== path ? undefined : stampOf(stats), text === undefined ? "" : digest(text));
  return text;
}

/** A configuration in JSON with comments and trailing commas; undefined when absent or no object. Broken parts are left out, the rest counts. */
export function readConfigObject(path: string, boundary: string): JsonObject | undefined {
  const text = readConfigText(path, boundary);
  if (text === undefined) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Brackets nested deeper than any configuration would end the recursive reader.
    if (text.split(/[[{]/u).length > 20_000) return undefined;
    return asObject(parse(text, [], { allowTrailingComma: true }));
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
