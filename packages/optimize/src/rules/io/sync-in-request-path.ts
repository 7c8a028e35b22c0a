import type { EffectKind } from "../../model/effect.ts";
import type { Operation, ReachedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";

/** Blocking queries belong to the database rules. */
const kinds: ReadonlySet<EffectKind> = new Set<EffectKind>([
  "file-read",
  "file-write",
  "process",
  "cpu",
  "sleep",
  "http-read",
  "http-write",
]);

/** One look at a directory entry: microseconds on a local disk. */
const cheap: ReadonlySet<string> = new Set([
  "existsSync",
  "statSync",
  "lstatSync",
  "fstatSync",
  "accessSync",
  "realpathSync",
  "readlinkSync",
  "mkdirSync",
  "openSync",
  "closeSync",
  "chmodSync",
  "utimesSync",
  "unlinkSync",
  "renameSync",
  "mkdtempSync",
]);

export default rule({
  id: "io/sync-in-request-path",
  title: "a blocking call while a request or job runs",
  needs: ["facts"],
  provedBy: "a CPU profile with the blocking call under the entry, and the event loop's delay while it runs",
  confirmedBy: ["blocking"],
  tier: "likely",
  check(project, report) {
    for (const hot of hotOperations(project, blocks)) {
      const { operation, entry } = hot;
      const light = cheap.has(operation.method);
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `\`${operation.method}\` ${whatItDoes(operation)} while ${entry.name} runs: the process answers nobody else until it returns${light ? "; this call is usually short" : ""}.`,
        advice: adviceFor(operation),
        effort: hot.path.length === 0 ? "S" : "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
        ...(light ? { atMost: "low" as const } : {}),
      });
    }
  },
});

/** A thread of its own may wait: a request of a threaded server holds up nobody else. Coroutines of Python have a rule of their own. */
function blocks({ operation, memoized, onLoop }: ReachedOperation): boolean {
  if (!onLoop || operation.place.function.language === "python") return false;
  return operation.spec.blocking === true && !memoized && kinds.has(operation.kind);
}

function whatItDoes({ kind }: Operation): string {
  if (kind.startsWith("file")) return "waits for the disk";
  if (kind === "process") return "waits for another process";
  if (kind === "cpu") return "computes";
  return kind === "sleep" ? "sleeps" : "waits for the network";
}

function adviceFor({ kind, method }: Operation): string {
  const twin = method.endsWith("Sync") ? `\`${method.slice(0, -4)}\`` : "its asynchronous form";
  if (kind === "file-read") return `Await ${twin} of \`node:fs/promises\`, or read once at start-up when the file does not change.`;
  if (kind === "file-write") return `Await ${twin} of \`node:fs/promises\`.`;
  if (kind === "process") return `Use ${twin} and await its end.`;
  if (kind === "cpu") return `Use ${twin}, which runs in Node's thread pool, or a worker thread.`;
  return "Await instead of blocking the thread.";
}
