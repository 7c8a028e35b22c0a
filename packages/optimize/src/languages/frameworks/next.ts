import { library } from "../../model/library.ts";
import type { EntrySpec, FileConvention } from "../../model/library.ts";
import { webTypes } from "../shapes/web-types.ts";
import { exportedVerbs, pathUnder, routeOf } from "./parts/verbs.ts";

const packages = ["next"];
const code = /\.[cm]?[jt]sx?$/;
const page: EntrySpec = { kind: "page" };
function pagesRoute(path: string): string | undefined {
  const segments = pathUnder(path, ["pages"], code);
  const special = segments?.length === 1 && ["_app", "_document", "_error", "_middleware"].includes(segments[0] ?? "");
  return segments === undefined || special ? undefined : routeOf(segments);
}

/** Route groups `(x)` and slots `@x` are no part of the address, `_x` folders are private. */
function appRoute(files: readonly string[]): (path: string) => string | undefined {
  return (path) => {
    const segments = pathUnder(path, ["app"], code);
    if (segments === undefined || !files.includes(segments.at(-1) ?? "")) return undefined;
    const folders = segments.slice(0, -1);
    if (folders.some((folder) => folder.startsWith("_"))) return undefined;
    return routeOf([...folders.filter((folder) => !/^\(.*\)$|^@/.test(folder)).map((folder) => folder.replace(/^\(\.+\)/, "")), ""]);
  };
}

/** Without `revalidate`, pages that are static by decree, or that have no addresses but those listed at build time, are never made again. */
function atBuild(exported: (name: string) => unknown): boolean {
  const again = exported("revalidate");
  if (again !== undefined && again !== false) return false;
  const dynamic = exported("dynamic");
  if (dynamic === "force-static" || dynamic === "error") return true;
  return dynamic === undefined && exported("dynamicParams") === false && exported("generateStaticParams") !== undefined;
}

const files: FileConvention[] = [
  {
    packages,
    route: (path) => (pagesRoute(path)?.match(/^\/api(\/|$)/) ? pagesRoute(path) : undefined),
    exports: { default: { kind: "route", method: "ALL" } },
  },
  {
    packages,
    route: (path) => (pagesRoute(path)?.match(/^\/api(\/|$)/) ? undefined : pagesRoute(path)),
    exports: { default: page, getServerSideProps: page, getStaticProps: page, getStaticPaths: page, getInitialProps: page },
  },
  { packages, route: appRoute(["route"]), exports: exportedVerbs, atBuild },
  {
    packages,
    route: appRoute(["page", "layout", "template", "default", "loading", "not-found", "opengraph-image", "sitemap"]),
    exports: { default: page, generateMetadata: page, generateStaticParams: page, generateViewport: page },
    together: ["default", "generateMetadata", "generateViewport"],
    atBuild,
  },
  {
    packages,
    route: (path) => (/^(src\/)?(middleware|proxy)\.[jt]s$/.test(path) ? "/*" : undefined),
    exports: {
      middleware: { kind: "route", method: "ALL" },
      proxy: { kind: "route", method: "ALL" },
      default: { kind: "route", method: "ALL" },
    },
  },
  { packages, route: (path) => path, directive: "use server", exports: { "*": { kind: "action" } } },
];

export default library({
  id: "next",
  packages: ["next", "next/cache", "next/server", "next/headers"],
  exports: {
    unstable_cache: { value: "Cache" },
    revalidatePath: { value: "Plain" },
    revalidateTag: { value: "Plain" },
    after: { value: "After" },
    waitUntil: { value: "Plain" },
    GetServerSideProps: { type: "Loader" },
    NextApiHandler: { type: "Handler" },
    NextRequest: { type: "Request" },
  },
  types: {
    // What it holds is asked for once by a request; where it does not hold it, all of it runs.
    Cache: { call: { wraps: 0, caches: true, memoizes: "request" } },
    Plain: { call: { returns: "void" } },
    After: { call: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" } },
    Loader: {},
    Handler: {},
    ...webTypes,
  },
  files,
});
