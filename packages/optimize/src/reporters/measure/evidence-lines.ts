/** Pieces of evidence as lines of a report. */
import type { CodePlace, DuplicateEvidence, Evidence, RepetitionEvidence } from "../../model/evidence.ts";
import { clean } from "../layout/sanitise.ts";
import { counted } from "../layout/words.ts";

/** A piece of evidence in a few lines. */
export function evidenceLines(one: Evidence): string[] {
  switch (one.kind) {
    case "n+1":
      return repetitionLines(one);
    case "duplicate":
      return duplicateLines(one);
    case "blocking":
      return [
        `${clean(one.call)} blocked ${counted(one.count, "time")} in ${counted(one.requests, "request")} · ${routesText(one.routes)} · median ${one.time.median} ms`,
      ];
    case "slow":
      return [
        `${one.time.median.toFixed(0)} ms median, at most ${one.time.max.toFixed(0)} ms, ${counted(one.count, "time")} · ${routesText(one.routes)}`,
        clean(cut(one.shape)),
      ];
    case "sequential":
      return [
        `${one.places.length} calls in turn take ${one.together.median.toFixed(0)} ms, the longest of them ${one.longest.median.toFixed(0)} ms · ${routesText(one.routes)}`,
        `lines ${one.places.map(({ line }) => line).join(", ")}: each asks for what was known before the first one answered`,
      ];
    default:
      return [];
  }
}

/** What a conclusion is called. */
export const conclusionNames: Readonly<Partial<Record<Evidence["kind"], string>>> = {
  "n+1": "N+1",
  duplicate: "duplicate statement",
  blocking: "blocking call",
  slow: "slow statement",
  sequential: "calls in turn",
};

function repetitionLines({ growth, perScope, scopes, routes, origin, shape, reason }: RepetitionEvidence): string[] {
  const where = routes.length === 0 ? "outside of requests" : routesText(routes);
  const grew = growth.slice(-3).map(([rows, count]) => `${count} for ${counted(rows, "row")}`);
  const count =
    grew.length > 0 ? grew.join(", ") : perScope.min === perScope.max ? `${perScope.max}` : `${perScope.min} to ${perScope.max}`;
  const from =
    origin === undefined
      ? ""
      : ` of ${origin.place === undefined ? "an earlier result" : placeText(origin.place)}, by ${clean(origin.column)}`;
  return [`${count}${from} · ${where} · ${counted(scopes, "time")}`, clean(cut(shape)), reason];
}

function duplicateLines({ perRequest, requests, routes, shape, places }: DuplicateEvidence): string[] {
  return [
    `the same statement with the same parameters ${perRequest.median} times in ${counted(requests, "request")} · ${routesText(routes)}`,
    clean(cut(shape)),
    ...(places.length > 1 ? [`from ${places.map(placeText).join(" and ")}`] : []),
  ];
}

const routesText = (routes: readonly string[]): string =>
  `${routes.slice(0, 3).map(clean).join(", ")}${routes.length > 3 ? ` and ${routes.length - 3} more` : ""}`;
/** "src/a.ts:12" */
export const placeText = ({ file, line }: CodePlace): string => `${clean(file)}:${line}`;
const cut = (text: string): string => (text.length > 110 ? `${text.slice(0, 109)}…` : text);
