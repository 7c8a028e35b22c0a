import { library } from "../../model/library.ts";
import { exportedVerbs, pathUnder, routeOf } from "./parts/verbs.ts";

const packages = ["@medusajs/medusa", "@medusajs/framework"];
const code = /\.[jt]s$/;
function route(path: string): string | undefined {
  const segments = pathUnder(path, ["api"], code);
  return segments?.at(-1) === "route" ? routeOf([...segments.slice(0, -1), ""]) : undefined;
}

const named = (folder: string) => (path: string) => pathUnder(path, [folder], code)?.join("/");

export default library({
  id: "medusa",
  packages,
  exports: {},
  types: {},
  files: [
    { packages, route, exports: exportedVerbs },
    { packages, route: named("subscribers"), exports: { default: { kind: "event" } } },
    { packages, route: named("jobs"), exports: { default: { kind: "schedule" } } },
  ],
});
