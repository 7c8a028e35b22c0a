import type { Evidence, EvidenceSet } from "./evidence.ts";

/** What a set says of some routes, and of the process as a whole. `patterns`: "/orders*,POST /login". That none was requested is said in `failures`. */
export function onlyRoutes(set: EvidenceSet, patterns: string): EvidenceSet {
  const tests = patterns
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map(testOf);
  const isAsked = (route: string): boolean => tests.some((test) => test.test(route));
  const evidence = set.evidence.filter((one) => {
    const routes = routesOf(one);
    return routes === undefined || routes.some(isAsked);
  });
  const requested = set.evidence.flatMap((one) => (one.kind === "request" ? [one.route] : []));
  if (requested.some(isAsked)) return { ...set, evidence };
  const seen =
    requested.length === 0 ? "none was" : `requested were ${requested.slice(0, 10).join(", ")}${requested.length > 10 ? " …" : ""}`;
  return { ...set, evidence, failures: [...set.failures, `no request fits --routes ${patterns}: ${seen}`] };
}

/** "GET /orders/:id" by its path, or with its method before it. */
function testOf(pattern: string): RegExp {
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${/^[A-Za-z]+ /.test(pattern) ? "" : String.raw`\S+ `}${text}$`, "i");
}

/** Undefined for what is of no route: the process as a whole. */
function routesOf(one: Evidence): readonly string[] | undefined {
  if (one.kind === "request") return [one.route];
  return "routes" in one ? one.routes : undefined;
}
