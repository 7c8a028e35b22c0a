import type { Operation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";

export default rule({
  id: "io/redis-keys-scan",
  title: "a command that walks all keys of the server at once",
  needs: ["facts"],
  provedBy: "SLOWLOG entries of the command, or spans whose duration grows with the number of keys",
  tier: "likely",
  check(project, report) {
    for (const hot of hotOperations(project, ({ operation }) => walksAtOnce(operation))) {
      const { operation } = hot;
      const empties = operation.kind === "cache-write";
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: empties
          ? `\`${operation.method}\` removes every key of the database while ${hot.entry.name} runs; the server answers nobody else until it is done, and every cached value is lost at once.`
          : `\`${operation.method}\` walks every key of the server in one go while ${hot.entry.name} runs; the server has one thread and answers nobody else until it is done, so the cost grows with all keys and not with those that match.`,
        advice: empties
          ? "Give the keys of each kind a version prefix or a time to live, or flush in the background (`ASYNC`) outside of requests."
          : "Keep the wanted keys in a set and read that, or walk in steps with `SCAN` (`scanStream`, `scanIterator`).",
        effort: "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
      });
    }
  },
});

/** SCAN and its iterators walk in steps, between which the server answers others: they are the cure. */
function walksAtOnce({ kind, spec, method }: Operation): boolean {
  return (kind === "cache-read" || kind === "cache-write") && spec.scan === true && !method.toLowerCase().includes("scan");
}
