import type { Operation, Project, ReachedOperation } from "../../model/project.ts";
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
    const hots = hotOperations(project, opensConnection);
    const seen = new Set(hots.map(({ operation }) => operation.id));
    const left = leftOpen(project);
    for (const operation of left) {
      const others = left.filter((one) => one.library === operation.library && one !== operation);
      if (seen.has(operation.id) || others.length === 0) continue;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `\`${operation.method}\` opens a new ${operation.library} connection for this function alone and never closes it, and ${String(others.length)} more ${others.length === 1 ? "function does" : "functions do"} the same: each call leaves one more pool open in the process.`,
        advice: "Make one client when the process starts, in a module of its own, and import it here.",
        effort: "S",
        path: [],
        operation,
        related: others.map(({ place }) => ({ place, role: "opens its own" })),
        again: true,
        atMost: "medium",
      });
    }
    for (const hot of hots) {
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
  return !memoized && isOpening(operation);
}

function isOpening({ kind, library, method }: Operation): boolean {
  // A second connection for subscriptions or blocking commands is what `duplicate` is for.
  return kind === "connect" && !perThread.has(library) && method !== "duplicate";
}

/** Clients that functions of which other files make use keep for themselves, and leave open. */
function leftOpen(project: Project): readonly Operation[] {
  const places = new Set(
    project.locals.opened.flatMap(({ made, shared, closed, place }) =>
      made && shared && closed === "never" ? [`${place.file}:${String(place.at)}`] : [],
    ),
  );
  return project.operations.filter(
    (operation) =>
      isOpening(operation) && doubtsOf(operation).length === 0 && places.has(`${operation.place.file}:${String(operation.place.at)}`),
  );
}

function doubts({ operation, conditional, fromRequest, fromInstance, entry }: HotOperation): readonly string[] {
  const reasons: string[] = [];
  if (conditional) reasons.push("it runs only on some paths, perhaps only the first time");
  if (fromRequest) reasons.push("what it connects to comes from the caller, so that no client can be made beforehand");
  // A class that fills in what a base leaves open is made by code that is not seen, for each account that it connects to.
  if (fromInstance && entry.kind === "override")
    reasons.push("what it connects to is held by the instance, and nobody sees who makes that, or how many there are");
  return [...reasons, ...doubtsOf(operation)];
}

function doubtsOf(operation: Operation): readonly string[] {
  const reasons: string[] = [];
  if (wrapping.has(operation.library)) reasons.push("it may wrap a connection that is open already");
  if (idempotent.has(operation.library) && isConnectCall(operation))
    reasons.push("connecting again does nothing when the client is connected");
  if (perRequest.has(operation.library)) reasons.push("some platforms allow no connection that outlives a request");
  return reasons;
}

function isConnectCall({ method }: Operation): boolean {
  return method === "connect" || method === "openUri";
}
