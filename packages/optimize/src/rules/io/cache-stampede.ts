import type { Entry, FunctionInfo, Operation, Project, ReachedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHttp } from "../gates/address.ts";
import { isRequest, wayFromEntry } from "../gates/hot.ts";
import { requestName } from "../gates/words.ts";

export default rule({
  id: "io/cache-stampede",
  title: "an expired answer that every waiting request computes again",
  needs: ["facts"],
  provedBy: "the load running as often as there are requests at the moment in which the key expires",
  recipe: { javascript: "cache", python: "cache" },
  // No project was found that shows how often the load is slow enough for the others to come meanwhile.
  tier: "candidate",
  check(project, report) {
    const fills = new Map(project.locals.fills.map((fill) => [keyOf(fill.place), fill]));
    const seen = new Set<string>();
    for (const entry of project.entries.filter(isRequest))
      for (const reached of entry.operations) {
        const { operation } = reached;
        const key = keyOf(operation.place);
        const fill = fills.get(key);
        if (fill === undefined || seen.has(key) || operation.kind !== "cache-write") continue;
        // Of a key that differs from request to request nobody knows how many ask for the same one.
        if (fill.key === "made" || (fill.key === "given" && reached.fromRequest)) continue;
        const load = loadFor(project, entry, operation.place.function);
        if (load === undefined) continue;
        seen.add(key);
        report({
          place: operation.place,
          function: operation.place.function,
          message: `When the key that \`${operation.method}\` fills here has expired, each request that comes before the first one is done finds nothing as well and does the same work again: ${workOf(load)} runs as often as there are requests at that moment.`,
          advice:
            "Let the first one load and the others wait for it (keep its promise by the key; a lock in the cache where several processes serve), or give the old value while one of them renews it.",
          effort: "M",
          path: [],
          operation,
          related: [{ place: load.place, role: "the load" }, ...wayFromEntry({ ...reached, entry })],
          atMost: "medium",
          tier: "candidate",
          reason: "how many requests come while the load runs is not known",
        });
      }
  },
});

/** What the function does when the cache has nothing, and that costs much: a request, or rows without a limit. Nothing lets one of several do it. */
function loadFor(project: Project, { operations }: Entry, fn: FunctionInfo): Operation | undefined {
  const inside = operations.filter(({ operation, path }) =>
    [operation.place.function, ...path.map(({ place }) => place.function)].some(({ id }) => id === fn.id),
  );
  const asks = inside.some(({ operation }) => operation.kind === "cache-read" && /^get$/i.test(operation.method) && isIn(operation, fn));
  if (!asks || inside.some(({ operation: { kind } }) => kind === "lock")) return undefined;
  if (project.locals.keeping.some((one) => isWithin(one.function, fn))) return undefined;
  return inside.find((reached) => isHeavy(project, reached))?.operation;
}

function isIn({ place }: Operation, fn: FunctionInfo): boolean {
  return place.function.id === fn.id;
}

function isWithin(inner: FunctionInfo, outer: FunctionInfo): boolean {
  return inner.file === outer.file && outer.line <= inner.line && inner.endLine <= outer.endLine;
}

/** That the cache stands before it is what makes it the load: `memoized` says nothing else here. */
function isHeavy(project: Project, { operation, floating }: ReachedOperation): boolean {
  if (floating) return false;
  if (isHttp(operation)) return true;
  if (operation.kind !== "db-read") return false;
  if (operation.spec.list === true && operation.spec.count !== true && !operation.limited) return true;
  return project.looped.some((one) => one.operation.id === operation.id);
}

function workOf(load: Operation): string {
  if (isHttp(load)) return requestName(load);
  return load.table === undefined ? `\`${load.method}\`` : `\`${load.method}\` of \`${load.table}\``;
}

function keyOf({ file, at }: Operation["place"]): string {
  return `${file}:${String(at)}`;
}
