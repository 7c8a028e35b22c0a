import type { Operation, Project, ReachedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";

export default rule({
  id: "io/cache-without-expiry",
  title: "an answer that is kept in a cache for ever",
  needs: ["facts"],
  provedBy: "the number of keys and the memory of the cache server, which only grow",
  recipe: { javascript: "cache", python: "cache" },
  // None of the projects that were scanned has one: how many keys there are, and what the server throws out, is not known.
  tier: "candidate",
  check(project, report) {
    const lasting = new Set(project.locals.lasting.map(({ place }) => `${place.file}:${String(place.at)}`));
    if (lasting.size === 0) return;
    // Entries are taken out elsewhere.
    if (project.operations.some(isRemoval)) return;
    for (const hot of hotOperations(project, (reached) => isKept(reached, lasting))) {
      const { operation, entry } = hot;
      if (!fillsCache(project, operation)) continue;
      report({
        place: operation.place,
        function: operation.place.function,
        message: `What ${entry.name} reads is kept by \`${operation.method}\` without a time to live, under a key that differs from request to request: the cache grows until the server has no memory left, and what changed in the meantime is answered as it was.`,
        advice: "Say how long it may be kept, in the same call (`EX` and seconds, with some spread so that not all end at once).",
        effort: "S",
        path: [],
        operation,
        related: wayFromEntry(hot),
        atMost: "medium",
        tier: "candidate",
        reason: "how many keys there are, and what the server throws out by itself, is not known",
      });
    }
  },
});

function isKept({ operation, fromRequest }: ReachedOperation, lasting: ReadonlySet<string>): boolean {
  const { place, kind } = operation;
  return kind === "cache-write" && fromRequest && lasting.has(`${place.file}:${String(place.at)}`);
}

/** Keys are removed one by one somewhere: whoever writes what is cached may do that. */
function isRemoval({ kind, method }: Operation): boolean {
  return kind === "cache-write" && /^(del|unlink|delete)$/i.test(method);
}

/** The function asks the cache first, and a database or a service when the cache has nothing. */
function fillsCache(project: Project, { place }: Operation): boolean {
  const id = place.function.id;
  let asks = false;
  let loads = false;
  for (const entry of project.entries)
    for (const { operation, path } of entry.operations) {
      if (operation.place.function.id === id && operation.kind === "cache-read" && /^get/i.test(operation.method)) asks = true;
      const inside = operation.place.function.id === id || path.some((step) => step.place.function.id === id);
      if (inside && (operation.kind === "db-read" || operation.kind === "http-read")) loads = true;
    }
  return asks && loads;
}
