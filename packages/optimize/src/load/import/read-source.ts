/** Files that tell which requests a service answers: descriptions, recordings, logs. */
import { readFileSync, statSync } from "node:fs";
import { OptimizeError } from "../../model/errors.ts";
import { fromOpenApi } from "./open-api.ts";
import { fromAccessLog, fromHar } from "./recorded.ts";
import type { Found } from "./written.ts";

export type SourceKind = "openapi" | "har" | "access-log";
export type Source = Found & { readonly target?: string };

const missing: Readonly<Record<SourceKind, string>> = {
  openapi: "no OpenAPI 3 description",
  har: "no recording of a browser (HAR)",
  "access-log": "no access log in the common or combined format",
};
/** Bytes. A log of a day can be larger, and its beginning tells as much. */
const largest = 256 * 1024 * 1024;

/** What a file of a known kind tells. `shown` is how the person calls it. Throws an OptimizeError. */
export async function readSource(kind: SourceKind, path: string, shown: string): Promise<Source> {
  const text = textAt(path, shown);
  const found =
    kind === "access-log"
      ? fromAccessLog(text)
      : kind === "har"
        ? fromHar(await documentIn(text, path, shown))
        : fromOpenApi(await documentIn(text, path, shown));
  if (found === undefined) throw new OptimizeError("usage", `${shown} is ${missing[kind]}`, { hint: hintFor(kind) });
  return found;
}

/** What a file of any of these kinds tells. */
export async function readAnySource(path: string, shown: string): Promise<Source> {
  const text = textAt(path, shown);
  const isDocument = /^\s*[{[]/.test(text) || /\.(?:json|har|ya?ml)$/i.test(path);
  const document = isDocument ? await documentIn(text, path, shown) : undefined;
  const found = isDocument ? (fromHar(document) ?? fromOpenApi(document)) : fromAccessLog(text);
  if (found === undefined)
    throw new OptimizeError("usage", `${shown} is neither an OpenAPI 3 description, a recording of a browser (HAR) nor an access log`, {
      hint: "optimize load init --help",
    });
  return found;
}

function hintFor(kind: SourceKind): string {
  if (kind === "openapi") return 'it begins with "openapi": "3.…"; Swagger 2 is an older form, and npx swagger2openapi converts it';
  return kind === "har"
    ? "save it in the browser's network panel, as HAR"
    : 'a line is like: 10.0.0.1 - - [26/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12';
}

function textAt(path: string, shown: string): string {
  let size: number;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) throw new OptimizeError("usage", `${shown} is a folder: name the file in it`);
    ({ size } = stats);
    if (size <= largest) return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    if (cause instanceof OptimizeError) throw cause;
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new OptimizeError(isMissing ? "not-found" : "unreadable", isMissing ? `there is no file ${shown}` : `${shown} cannot be read`, {
      cause,
    });
  }
  throw new OptimizeError("too-large", `${shown} is larger than 256 MB`, { hint: "take a part of it: head -n 1000000" });
}

/** JSON, or YAML by the file's name. Throws an OptimizeError that says where it breaks. */
async function documentIn(text: string, path: string, shown: string): Promise<unknown> {
  const isYaml = /\.ya?ml$/i.test(path);
  try {
    if (!isYaml) return JSON.parse(text);
    const { parse } = await import("yaml");
    return parse(text, { maxAliasCount: 100, logLevel: "error" });
  } catch (cause) {
    const [first = ""] = (cause instanceof Error ? cause.message : "").split("\n");
    throw new OptimizeError("usage", `${shown} is no ${isYaml ? "YAML" : "JSON"}: ${first.slice(0, 160)}`, {
      cause,
      hint: "is it the right file?",
    });
  }
}
