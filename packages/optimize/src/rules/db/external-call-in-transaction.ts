import type { Operation, TransactionOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { requestName, reasonOf } from "../gates/words.ts";

/** Queues whose jobs are rows of the same database: adding one inside the transaction is the point. */
const storedWithData: ReadonlySet<string> = new Set(["graphile-worker", "pg-boss"]);

export default rule({
  id: "db/external-call-in-transaction",
  title: "waiting for something else while a transaction is open",
  needs: ["facts"],
  provedBy: "spans of the outside call below the transaction's span, and sessions that are idle in transaction meanwhile",
  tier: "likely",
  check(project, report) {
    const seen = new Set<string>();
    for (const held of [...project.transactions].sort((a, b) => a.path.length - b.path.length)) {
      const key = `${held.transaction.file}:${held.transaction.at}|${held.site.file}:${held.site.line}`;
      if (seen.has(key) || !waitsOutside(held.operation)) continue;
      seen.add(key);
      report({
        place: held.site,
        function: held.function,
        message: message(held),
        advice: adviceFor(held.operation),
        effort: "M",
        path: held.path,
        operation: held.operation,
        related: [{ place: held.transaction, role: "the transaction" }],
        ...reasonOf(coldReason(project, held.function)),
      });
    }
  },
});

function waitsOutside({ kind, library }: Operation): boolean {
  if (kind === "queue") return !storedWithData.has(library);
  return kind === "http-read" || kind === "http-write" || kind === "sleep" || kind === "process";
}

function message({ operation, conditional, path }: TransactionOperation): string {
  const via = path[0] === undefined ? "" : ` through \`${path[0].name}\``;
  const some = conditional ? "On some paths a" : "A";
  return `${some} database transaction stays open while ${requestName(operation)} ${waitWords(operation)}${via}: its connection and its row locks are held until the answer comes.`;
}

function waitWords({ kind }: Operation): string {
  if (kind === "sleep") return "sleeps";
  if (kind === "queue") return "adds a job";
  return kind === "process" ? "waits for another process" : "waits for the network";
}

function adviceFor({ kind }: Operation): string {
  if (kind === "queue")
    return "Add the job after the commit, or write it to an outbox table in the same transaction; a worker may otherwise start before the rows are there.";
  if (kind === "sleep") return "Commit before waiting.";
  return "Call before the transaction and pass the answer in, or after the commit; where both must happen, write the intent to an outbox table and let a worker call.";
}
