/** The scenario of no scenario: GET routes of the last scan, each as often as the others. */
import { readRun } from "../engine/kept-run.ts";
import { fromRoutes } from "../load/import/routes.ts";
import { documentShape, type ScenarioDocument } from "../load/scenario/document.ts";
import { OptimizeError } from "../model/errors.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Terminal } from "./terminal.ts";

/** Throws an OptimizeError when no scan is kept here, or it found no route that can be requested as it is. */
export function documentOfRun(target: string, terminal: Terminal): ScenarioDocument {
  const kept = readRun(terminal.cwd);
  if (kept === undefined || kept === "unreadable") {
    throw new OptimizeError("not-found", "no scan of this folder is kept, so that its routes are not known", {
      hint: "run optimize first, or name a URL",
    });
  }
  const found = fromRoutes(kept.formulas.filter(({ kind }) => kind === "route").map(({ name }) => name));
  const ready = found.requests.filter(({ request }) => !request.request.includes("{{"));
  const open = found.requests.length - ready.length;
  if (ready.length === 0) {
    throw new OptimizeError("not-found", open > 0 ? `all ${open} GET routes need parameters` : "the last scan found no GET route", {
      hint: "optimize load init writes a scenario in which they are given",
    });
  }
  const left = [
    ...(open > 0 ? [`${open} that need parameters (optimize load init)`] : []),
    ...(found.leftOut.length > 0 ? [`${found.leftOut.length} that may change something or are patterns`] : []),
  ];
  terminal.err(`optimize: ${ready.length} GET routes of the last scan${left.length > 0 ? `, without ${clean(left.join(" and "))}` : ""}\n`);
  return documentShape.parse({
    target: target.replace(/\/$/, ""),
    scenarios: Object.fromEntries(ready.map(({ request }) => [request.request, { steps: [request] }])),
  });
}
