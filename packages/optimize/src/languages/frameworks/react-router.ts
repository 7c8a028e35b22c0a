import { library } from "../../model/library.ts";
import type { FileConvention } from "../../model/library.ts";
import { webTypes } from "../shapes/web-types.ts";
import { pathUnder } from "./parts/verbs.ts";

const code = /\.[jt]sx?$/;

/**
 * Flat file names: "." separates segments, `_x` is a layout without a segment, a last `_` opts out of nesting, `$id` is a
 * parameter, `$` the rest, `(x)` optional, `[x]` literal; a folder's `route` file stands for the folder.
 */
function route(path: string): string | undefined {
  const parts = pathUnder(path, ["app/routes"], code);
  if (parts === undefined) return undefined;
  const last = parts.at(-1) ?? "";
  const folder = parts.length > 1 && ["route", "index", "_index"].includes(last);
  const flat = (folder ? parts.slice(0, -1) : parts).flatMap(segmentsOf);
  return `/${flat
    .filter((part) => part !== "" && part !== "index" && !part.startsWith("_"))
    .map(named)
    .join("/")}`;
}

/** Splits at dots that are not inside brackets. */
function segmentsOf(name: string): string[] {
  return (name.match(/(?:\[[^\]]*\]|[^.[])+/g) ?? []).map((part) => part.replace(/(.)_$/, "$1"));
}

function named(part: string): string {
  const optional = /^\((.*)\)$/.exec(part)?.[1];
  if (optional !== undefined) return `${named(optional)}?`;
  if (part === "$") return ":splat*";
  if (part.startsWith("$")) return `:${part.slice(1)}`;
  return part.replaceAll(/\[([^\]]*)\]/g, "$1");
}

const packages = [
  "@remix-run/node",
  "@remix-run/react",
  "@remix-run/server-runtime",
  "@remix-run/cloudflare",
  "@react-router/node",
  "@react-router/dev",
];

const files: FileConvention[] = [
  // What renders the document of every page.
  {
    packages,
    route: (path) => (/(^|\/)app\/entry\.server\.[jt]sx?$/.test(path) ? "/*" : undefined),
    exports: { default: { kind: "page" } },
  },
  {
    packages,
    route: (path) => (/(^|\/)app\/root\.[jt]sx?$/.test(path) ? "/*" : route(path)),
    exports: { loader: { kind: "loader" }, action: { kind: "action" }, default: { kind: "page" } },
  },
];

export default library({
  id: "react-router",
  packages: [
    "@remix-run/node",
    "@remix-run/server-runtime",
    "@remix-run/cloudflare",
    "react-router",
    "@react-router/node",
    "remix-typedjson",
  ],
  exports: {
    json: { value: "Answer" },
    data: { value: "Answer" },
    defer: { value: "Answer" },
    redirect: { value: "Answer" },
    typedjson: { value: "Answer" },
    LoaderFunctionArgs: { type: "Arguments" },
    ActionFunctionArgs: { type: "Arguments" },
    LoaderArgs: { type: "Arguments" },
    ActionArgs: { type: "Arguments" },
  },
  types: { Answer: { call: { returns: { argument: 0 } } }, Arguments: { members: { request: "Request" } }, ...webTypes },
  files,
});
