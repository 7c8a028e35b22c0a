/** Builds the members that name HTTP methods, which most routers share. */
import type { EntrySpec, MethodSpec, RegisterSpec } from "../../../model/library.ts";

const verbs = ["get", "head", "post", "put", "patch", "delete", "options"] as const;

/** `app.get(path, ...handlers)` for each HTTP method, and `all`; `over` says what differs. */
export function routeMembers(over: Partial<RegisterSpec>, result: MethodSpec = { returns: "same" }): Record<string, MethodSpec> {
  const members: Record<string, MethodSpec> = {};
  for (const verb of verbs) members[verb] = member(verb.toUpperCase(), over, result);
  members["all"] = member("ALL", over, result);
  return members;
}

function member(method: string, over: Partial<RegisterSpec>, result: MethodSpec): MethodSpec {
  return { ...result, registers: { kind: "route", method, path: { arg: 0 }, handlers: 1, ...over } };
}

/** Exports of a route file: `GET`, `POST` and so on. */
export const exportedVerbs: Readonly<Record<string, EntrySpec>> = Object.fromEntries(
  verbs.map((verb) => [verb.toUpperCase(), { kind: "route", method: verb.toUpperCase() }] as const),
);

/** The file's path without its extension when it lies in one of the folders (a `src/` before them is dropped), split at "/". */
export function pathUnder(path: string, folders: readonly string[], extension: RegExp): string[] | undefined {
  const match = extension.exec(path);
  if (match === null) return undefined;
  const bare = path.slice(0, match.index).replace(/^src\//, "");
  for (const folder of folders) {
    if (bare.startsWith(`${folder}/`)) return bare.slice(folder.length + 1).split("/");
  }
  return undefined;
}

/** `[id]` is `:id`, `[...slug]` and `[[...slug]]` are `:slug*`; other segments stay. */
export function bracketSegment(segment: string): string {
  const rest = /^\[?\[\.\.\.([^\]]+)\]\]?$/.exec(segment);
  if (rest !== null) return `:${rest[1]}*`;
  const optional = /^\[\[([^\]]+)\]\]$/.exec(segment);
  if (optional !== null) return `:${bare(optional[1] ?? "")}?`;
  return segment.replaceAll(/\[([^\]]+)\]/g, (_, name: string) => `:${bare(name)}`);
}

/** `[id=integer]` names its matcher too. */
function bare(name: string): string {
  return name.split("=")[0] ?? name;
}

/** Segments joined to a route: "/" for none; a last "index" is its folder. */
export function routeOf(segments: readonly string[]): string {
  const kept = segments.at(-1) === "index" ? segments.slice(0, -1) : segments;
  return `/${kept
    .filter((segment) => segment !== "")
    .map(bracketSegment)
    .join("/")}`;
}
