import type { EffectKind } from "../../model/effect.ts";
import type { FunctionInfo, Operation, Place, ReachedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";
import type { HotOperation } from "../gates/hot.ts";
import { isEmbedded } from "../gates/statements.ts";

/** What a blocked thread waits for, in words. */
const waits: Partial<Record<EffectKind, string>> = {
  "db-read": "waits for the database",
  "db-write": "waits for the database",
  "cache-read": "waits for the cache",
  "cache-write": "waits for the cache",
  "http-read": "waits for the network",
  "http-write": "waits for the network",
  "file-read": "waits for the disk",
  "file-write": "waits for the disk",
  process: "waits for another process",
  sleep: "sleeps",
  cpu: "computes",
  queue: "waits for the queue",
};

/** One look at, or change of, a directory entry: microseconds on a local disk. */
const cheap: ReadonlySet<string> = new Set([
  "stat",
  "mkdir",
  "makedirs",
  "rmdir",
  "removedirs",
  "remove",
  "unlink",
  "rename",
  "replace",
  "touch",
  "listdir",
  "scandir",
  "iterdir",
]);

/** Django refuses a query in a coroutine by itself: code that runs has it in a thread. */
const refusing: ReadonlySet<string> = new Set(["django"]);

export default rule({
  id: "io/blocking-in-async",
  title: "a blocking call in a coroutine",
  needs: ["facts"],
  provedBy: "asyncio's debug mode naming a slow callback at this place, and other requests that wait meanwhile",
  tier: "likely",
  check(project, report) {
    for (const hot of hotOperations(project, holdsLoop)) {
      const { place, called } = boundaryOf(hot);
      const { operation, entry } = hot;
      report({
        place,
        function: place.function,
        tier: "likely",
        message: `${called} while ${entry.name} runs, and it blocks the event loop: no other coroutine of the process goes on until it returns.`,
        advice: adviceFor(operation),
        effort: hot.path.length === 0 ? "S" : "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
        group: place.function.id,
        ...(isLight(operation) ? { atMost: "low" as const } : {}),
      });
    }
  },
});

function holdsLoop({ operation, onLoop, memoized }: ReachedOperation): boolean {
  const { kind, spec, library, method, place } = operation;
  if (!onLoop || memoized || place.function.language !== "python") return false;
  return spec.blocking === true && waits[kind] !== undefined && !cheap.has(method) && !refusing.has(library);
}

/** A read or write of one file, or a statement inside of the process: short, unless the file or the table is long. */
function isLight(operation: Operation): boolean {
  return operation.kind.startsWith("file") || isEmbedded(operation);
}

/** The last coroutine on the way: there the call can be awaited, or handed to a thread, without changing what lies below. */
function boundaryOf({ operation, path }: HotOperation): { readonly place: Place; readonly called: string } {
  const functions: readonly FunctionInfo[] = [...path.map((step) => step.place.function), operation.place.function];
  const last = functions.map((fn) => fn.async).lastIndexOf(true);
  const step = last < 0 ? path[0] : path[last];
  const what = `\`${operation.method}\` ${waits[operation.kind] ?? "waits"}`;
  if (step === undefined) return { place: operation.place, called: what };
  return { place: step.place, called: step.name === "" ? what : `Below \`${step.name}\`, ${what}` };
}

function adviceFor({ kind }: Operation): string {
  if (kind === "sleep") return "Await `asyncio.sleep` instead.";
  const thread = "hand the call to a thread, `await asyncio.to_thread(…)`";
  if (kind.startsWith("http")) return `Await an asynchronous client (\`httpx.AsyncClient\`, \`aiohttp\`), or ${thread}.`;
  if (kind === "process") return `Await \`asyncio.create_subprocess_exec\`, or ${thread}.`;
  if (kind.startsWith("file") || kind === "cpu") return `${thread.charAt(0).toUpperCase()}${thread.slice(1)}.`;
  return `Await the driver's asynchronous form, or ${thread}; where nothing is awaited, a plain \`def\` lets the framework do that.`;
}
