import { library } from "../../model/library.ts";
import type { FileConvention } from "../../model/library.ts";
import { exportedVerbs, routeOf } from "./parts/verbs.ts";

const packages = ["@sveltejs/kit"];

function route(names: RegExp): (path: string) => string | undefined {
  return (path) => {
    const match = /^(?:src\/)?routes\/(?:(.*)\/)?([^/]+)\.[jt]s$/.exec(path);
    if (match === null || !names.test(match[2] ?? "")) return undefined;
    return routeOf([...(match[1] ?? "").split("/").filter((folder) => !/^\(.*\)$/.test(folder)), ""]);
  };
}

const files: FileConvention[] = [
  { packages, route: route(/^\+server$/), exports: { ...exportedVerbs, fallback: { kind: "route", method: "ALL" } } },
  { packages, route: route(/^\+(page|layout)(\.server)?$/), exports: { load: { kind: "loader" }, actions: { kind: "action" } } },
  {
    packages,
    route: (path) => (/^src\/hooks\.server\.[jt]s$/.test(path) ? "/*" : undefined),
    exports: { handle: { kind: "route", method: "ALL" } },
  },
];

export default library({
  id: "sveltekit",
  packages: ["@sveltejs/kit"],
  exports: {
    json: { value: "Answer" },
    text: { value: "Answer" },
    redirect: { value: "Throw" },
    error: { value: "Throw" },
    fail: { value: "Answer" },
  },
  types: { Answer: { call: { returns: "value" } }, Throw: { call: { ends: true } } },
  files,
});
