import type { Operation } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";

export default rule({
  id: "io/redis-keys-scan",
  title: "a command that walks all keys of the server at once",
  needs: ["facts"],
  provedBy: "SLOWLOG entries of the command, or spans whose duration grows with the number of keys",
  recipe: { javascript: "cache", python: "cache" },
  tier: "likely",
  check(project, report) {
    const hot = hotOperations(project, ({ operation }) => walksAtOnce(operation));
    for (const one of hot) report({ ...found(one.operation, `while ${one.entry.name} runs`), tier: "likely", related: wayFromEntry(one) });
    const seen = new Set(hot.map((one) => one.operation.id));
    for (const operation of project.operations) {
      const { function: holder } = operation.place;
      // At start-up, or in a command that somebody runs, it may take its time.
      if (!walksAtOnce(operation) || seen.has(operation.id) || holder.module || project.routesReaching(holder).length > 0) continue;
      report({ ...found(operation, "when this runs"), tier: "candidate", reason: "no entry point was found that reaches it" });
    }
  },
});

function found(operation: Operation, when: string): Omit<Found, "tier"> {
  const empties = operation.kind === "cache-write";
  return {
    place: operation.place,
    function: operation.place.function,
    message: empties
      ? `\`${operation.method}\` removes every key of the database ${when}; the server answers nobody else until it is done, and every cached value is lost at once.`
      : `\`${operation.method}\` walks every key of the server in one go ${when}; the server has one thread and answers nobody else until it is done, so the cost grows with all keys and not with those that match.`,
    advice: empties
      ? "Give the keys of each kind a version prefix or a time to live, or flush in the background (`ASYNC`) outside of requests."
      : "Keep the wanted keys in a set and read that, or walk in steps with `SCAN` (`scanStream`, `scanIterator`).",
    effort: "M",
    path: [],
    operation,
  };
}

/** SCAN and its iterators walk in steps, between which the server answers others: they are the cure. */
function walksAtOnce({ kind, spec, method }: Operation): boolean {
  return (kind === "cache-read" || kind === "cache-write") && spec.scan === true && !method.toLowerCase().includes("scan");
}
