import { library } from "../../model/library.ts";
import type { FileConvention } from "../../model/library.ts";
import { pathUnder, routeOf } from "./parts/verbs.ts";

const packages = ["nuxt", "nuxt3", "nitropack", "nitro"];
const code = /\.[cm]?[jt]s$/;
const methods = ["get", "head", "post", "put", "patch", "delete", "options"] as const;

function route(suffix: string | undefined): (path: string) => string | undefined {
  return (path) => {
    const inner = pathUnder(path, ["server"], code);
    const top = inner?.[0];
    if (inner === undefined || (top !== "api" && top !== "routes")) return undefined;
    const last = inner.at(-1) ?? "";
    const method = methods.find((name) => last.endsWith(`.${name}`));
    if (method !== suffix) return undefined;
    const name = method === undefined ? last : last.slice(0, -method.length - 1);
    return routeOf([...(top === "api" ? inner : inner.slice(1)).slice(0, inner.length === 1 ? 0 : -1), name]);
  };
}

const files: FileConvention[] = [
  ...methods.map((name): FileConvention => ({
    packages,
    route: route(name),
    exports: { default: { kind: "route", method: name.toUpperCase() } },
  })),
  { packages, route: route(undefined), exports: { default: { kind: "route", method: "ALL" } } },
  {
    packages,
    route: (path) => (pathUnder(path, ["server/middleware"], code) ? "/*" : undefined),
    exports: { default: { kind: "route", method: "ALL" } },
  },
];

const wraps = { value: "Handler" } as const;

/** The functions are imported by the compiler: a name that nothing declares means them in such a project. */
export default library({
  id: "nuxt",
  packages: ["h3", "#imports", "nitropack/runtime", "nitro/runtime", "global"],
  exports: {
    defineEventHandler: wraps,
    eventHandler: wraps,
    defineCachedEventHandler: { value: "Cached" },
    cachedEventHandler: { value: "Cached" },
    defineCachedFunction: { value: "Cached" },
    readBody: { value: "Reads" },
    getQuery: { value: "Plain" },
    getRouterParam: { value: "Plain" },
    createError: { value: "Plain" },
  },
  types: {
    Handler: { call: { wraps: 0 } },
    Cached: { call: { wraps: 0, caches: true } },
    Reads: { call: { returns: "value", promise: true } },
    Plain: { call: { returns: "value" } },
  },
  files,
});
