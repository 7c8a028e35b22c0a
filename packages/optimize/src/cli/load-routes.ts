/** The scenario of no scenario: the requests that are known of a service. */
import { documentShape, type ScenarioDocument } from "../load/scenario/document.ts";
import { OptimizeError } from "../model/errors.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import { counted } from "../reporters/layout/words.ts";
import type { Arguments } from "./args.ts";
import { namesSource, requestsIn } from "./load-sources.ts";
import type { Terminal } from "./terminal.ts";

/** Throws an OptimizeError when nothing is known that can be requested as it is. */
export async function documentOfRequests(target: string | undefined, args: Arguments, terminal: Terminal): Promise<ScenarioDocument> {
  const found = await requestsIn(args, terminal.cwd, terminal);
  const isOpen = (request: string): boolean => found.open.some((name) => request.includes(`{{${name}}}`));
  const ready = found.requests.filter(({ request }) => !isOpen(request.request));
  const open = found.requests.length - ready.length;
  const from = namesSource(args) ? "the source" : "the last scan";
  if (ready.length === 0) {
    throw new OptimizeError("not-found", open > 0 ? `all ${open} GET routes need parameters` : `${from} holds no GET request`, {
      hint:
        open > 0
          ? "--examples names a log, a recording or a description with values; optimize load init writes a scenario to fill in"
          : "optimize routes shows what was found",
    });
  }
  const where = target ?? found.target;
  if (where === undefined) throw new OptimizeError("usage", "where does the service listen?", { hint: "--target http://localhost:3000" });
  const left = [
    ...(open > 0 ? [`${open} that need parameters (--examples, or optimize load init)`] : []),
    ...(found.leftOut.length > 0 ? [`${found.leftOut.length} that are left out (optimize load init says why)`] : []),
  ];
  terminal.err(
    `optimize: ${counted(ready.length, "GET request")} of ${from}${left.length > 0 ? `, without ${clean(left.join(" and "))}` : ""}\n`,
  );
  const base = { target: where.replace(/\/$/, ""), variables: found.variables };
  if (found.chained === true) return documentShape.parse({ ...base, steps: ready.map(({ request }) => request) });
  const scenarios = ready.map(
    ({ request, weight }, place) => [`${request.name ?? request.request} (${place + 1})`, { weight, steps: [request] }] as const,
  );
  return documentShape.parse({ ...base, scenarios: Object.fromEntries(scenarios) });
}
