import type { Operation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHttp } from "../gates/address.ts";
import { hotOperations, wayFromEntry } from "../gates/hot.ts";
import { requestName } from "../gates/words.ts";

export default rule({
  id: "io/http-no-timeout",
  title: "an outbound request without a time limit",
  needs: ["facts"],
  provedBy: "a stub that accepts the connection and never answers: how long the entry waits",
  recipe: { javascript: "retry" },
  tier: "likely",
  check(project, report) {
    for (const hot of hotOperations(project, ({ operation, floating }) => !floating && waitsOpenly(operation))) {
      const { operation } = hot;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `${requestName(operation)} has no time limit of its own${defaultWords(operation)}: when the other side stalls, ${hot.entry.name} waits with it and holds its socket and memory.`,
        advice: adviceFor(operation),
        effort: "S",
        path: [],
        operation,
        related: wayFromEntry(hot),
        // A limit of minutes is a limit.
        ...(usesUndici(operation) ? { atMost: "low" as const } : {}),
      });
    }
  },
});

function waitsOpenly(operation: Operation): boolean {
  return isHttp(operation) && !operation.timeout && !isOwn(operation);
}

/** `fetch("/api/x")` means the page's own origin: it runs in a browser, where the user can leave. Node refuses such a URL. A file of the program is no other side. */
function isOwn({ url, method }: Operation): boolean {
  if (method !== "fetch" || url === undefined) return false;
  return url.startsWith("file:") || (url.startsWith("/") && !url.startsWith("//"));
}

function usesUndici({ method, library }: Operation): boolean {
  return method === "fetch" || library === "undici";
}

/** The fetch of Node waits 300 seconds for the headers and 300 between two pieces of the body; axios, got and node:http wait for ever. */
function defaultWords(operation: Operation): string {
  return usesUndici(operation) ? " (Node gives up after 300 seconds)" : "";
}

function adviceFor(operation: Operation): string {
  if (operation.method === "fetch") return "Pass `signal: AbortSignal.timeout(…)` with the time that the caller can afford.";
  if (operation.library === "undici") return "Set `headersTimeout` and `bodyTimeout`, or pass `signal: AbortSignal.timeout(…)`.";
  return "Set `timeout` in the options of the call, or once for the client that makes it.";
}
