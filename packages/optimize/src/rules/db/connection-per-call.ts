import type { Operation, ReachedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { HotOperation } from "../gates/hot.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

/** These open nothing when they get a client that is open already. */
const wrapping: ReadonlySet<string> = new Set(["drizzle", "kysely"]);
/** Opening one is opening a file, and by default it belongs to the thread that opened it. */
const perThread: ReadonlySet<string> = new Set(["python-sqlite3"]);
/** These do nothing on a client that is connected. */
const idempotent: ReadonlySet<string> = new Set(["mongoose", "mongodb"]);
/** Some platforms forbid connections that outlive a request. */
const perRequest: ReadonlySet<string> = new Set(["serverless-postgres"]);

export default rule({
  id: "db/connection-per-call",
  title: "a new client or pool for each call",
  needs: ["facts"],
  provedBy: "connections opened per request, and the number of connections that the server holds",
  tier: "likely",
  check(project, report) {
    for (const hot of hotOperations(project, opensConnection)) {
      const { operation, entry, path } = hot;
      report({
        place: operation.place,
        function: operation.place.function,
        message: `\`${operation.method}\` opens a new ${operation.library} connection each time ${entry.name} runs: the handshake is paid again, and under load the server runs out of connections.`,
        advice: "Make one client when the process starts, in a module of its own, and import it here.",
        effort: path.length === 0 ? "S" : "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
        ...reasonOf(doubts(hot)),
      });
    }
  },
});

function opensConnection({ operation, memoized }: ReachedOperation): boolean {
  // A second connection for subscriptions or blocking commands is what `duplicate` is for.
  return operation.kind === "connect" && !perThread.has(operation.library) && !memoized && operation.method !== "duplicate";
}

function doubts({ operation, conditional, fromRequest }: HotOperation): readonly string[] {
  const reasons: string[] = [];
  if (conditional) reasons.push("it runs only on some paths, perhaps only the first time");
  if (fromRequest) reasons.push("what it connects to comes from the caller, so that no client can be made beforehand");
  if (wrapping.has(operation.library)) reasons.push("it may wrap a connection that is open already");
  if (idempotent.has(operation.library) && isConnectCall(operation))
    reasons.push("connecting again does nothing when the client is connected");
  if (perRequest.has(operation.library)) reasons.push("some platforms allow no connection that outlives a request");
  return reasons;
}

function isConnectCall({ method }: Operation): boolean {
  return method === "connect" || method === "openUri";
}
