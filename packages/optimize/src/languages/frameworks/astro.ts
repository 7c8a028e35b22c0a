import { library } from "../../model/library.ts";
import { exportedVerbs, pathUnder, routeOf } from "./parts/verbs.ts";

/** `page.json.ts` answers "/page.json"; files and folders with a leading "_" are private. */
function route(path: string): string | undefined {
  const segments = pathUnder(path, ["pages"], /\.[jt]s$/);
  return segments === undefined || segments.some((segment) => segment.startsWith("_")) ? undefined : routeOf(segments);
}

export default library({
  id: "astro",
  packages: ["astro"],
  exports: {},
  types: {},
  files: [
    { packages: ["astro"], route, exports: { ...exportedVerbs, ALL: { kind: "route", method: "ALL" } } },
    {
      packages: ["astro"],
      route: (path) => (/^src\/middleware(\/index)?\.[jt]s$/.test(path) ? "/*" : undefined),
      exports: { onRequest: { kind: "route", method: "ALL" } },
    },
  ],
});
