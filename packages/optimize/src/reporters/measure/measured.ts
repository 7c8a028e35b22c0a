/** What `optimize measure` prints when the command has ended. */
import type { CodePlace, EvidenceSet } from "../../model/evidence.ts";
import type { Join, Joined } from "../../model/joined.ts";
import { framesOf, isConclusion, mountedRoutes, requestedRoutes } from "../../model/joined.ts";
import { allocations, hot } from "./hot.ts";
import { ofKind, type Measured } from "./input.ts";
import { against, cacheable } from "./load.ts";
import { loadRuns, slowest } from "./traced.ts";
import { conclusionNames, evidenceLines, placeText } from "./evidence-lines.ts";
import { clean } from "../layout/sanitise.ts";
import { counted } from "../layout/words.ts";

const shown = 10;

/** The report as text; its first line says what was seen, and that nothing was when that is so. */
export function measuredText(measured: Measured): string {
  const sections = [
    proven(measured),
    found(measured),
    against(measured),
    loadRuns(measured),
    slowest(measured),
    cacheable(measured),
    requests(measured),
    formulas(measured),
    hot(measured),
    allocations(measured),
    unseen(measured),
    notes(measured),
  ];
  const lines = [...head(measured), ...sections.flatMap((section) => (section.length === 0 ? [] : ["", ...section])), ""];
  return `${lines.join("\n")}\n`;
}

function head({ set, paint }: Measured): string[] {
  const { environment } = set;
  const requests = ofKind(set, "request").reduce((sum, { count }) => sum + count, 0);
  const statements = ofKind(set, "statement").reduce((sum, { count }) => sum + count, 0);
  const how = `${environment.seconds.toFixed(1)} s in ${counted(environment.threads, "process or thread", "processes and threads")}`;
  const lines = [paint("bold", `optimize: ${seenText(environment.threads, requests, statements)} · ${how}`)];
  if (environment.threads === 0) lines.push("No Node program that loads NODE_OPTIONS ran under this command.");
  else if (statements === 0)
    lines.push(
      `No known database or HTTP client was used${set.libraries.length === 0 ? "" : ` (loaded: ${set.libraries.join(", ")})`}; bundled drivers cannot be seen.`,
    );
  return lines;
}

function seenText(threads: number, requests: number, statements: number): string {
  if (threads === 0) return "nothing was observed";
  if (requests === 0 && statements === 0) return "no request and no statement was seen";
  if (requests === 0) return `no request was seen; ${counted(statements, "statement")}`;
  if (statements === 0) return `${counted(requests, "request")}, and no statement was seen`;
  return `${counted(requests, "request")}, ${counted(statements, "statement")} and calls`;
}

function proven({ join, set, paint }: Measured): string[] {
  return join.joined
    .filter((one) => one.state === "proven" || isConcluded(one, join))
    .flatMap((one) => {
      const { finding, state } = one;
      return [
        `${state === "proven" ? paint("red", "PROVEN") : paint("yellow", "LIKELY")}  ${clean(finding.rule)}  ${clean(finding.site.file)}:${finding.site.line}${finding.tier === "candidate" ? "  (was a candidate)" : ""}`,
        ...proofLines(one).map((line) => `        ${line}`),
        ...gainLine(one, set).map((line) => `        ${line}`),
      ];
    });
}

/** What was concluded says the same as the finding, which explains it: it stands here, and nowhere else. */
function isConcluded({ state, evidence }: Joined, join: Join): boolean {
  return (
    state === "seen" &&
    evidence.length > 0 &&
    evidence.every((one) => isConclusion(one) && !join.unexplained.includes(one) && !join.inTests.includes(one))
  );
}

function proofLines({ evidence, finding }: Joined): string[] {
  const [first] = evidence;
  if (first === undefined) return [];
  return [
    ...evidenceLines(first),
    ...(first.kind === "n+1" && first.place !== undefined && !isAt(first.place, finding.site) ? [`runs at ${placeText(first.place)}`] : []),
  ];
}

const isAt = (place: CodePlace, site: { readonly file: string; readonly line: number }): boolean =>
  place.file === site.file && place.line === site.line;

function gainLine({ greatestGain }: Joined, { environment }: EvidenceSet): string[] {
  if (environment.circumstance === "test") return [];
  return greatestGain === undefined || greatestGain < 1.05
    ? []
    : [`a request can become at most ${greatestGain}x faster here (Amdahl, from this run)`];
}

/** Conclusions that no finding of the scan explains. */
function found({ join, scanned, all, paint }: Measured): string[] {
  const list = all ? [...join.unexplained, ...join.inTests] : join.unexplained;
  const lines = (all ? list : list.slice(0, shown)).flatMap((one) => {
    const [place] = framesOf(one);
    const isProven = (one.kind === "n+1" || one.kind === "duplicate") && one.tier === "proven";
    const label = join.inTests.includes(one)
      ? "TEST  "
      : isProven
        ? paint("red", "PROVEN")
        : one.kind === "slow" || one.kind === "blocking"
          ? paint("yellow", "SEEN  ")
          : paint("yellow", "LIKELY");
    const where = place === undefined ? "(no frame of the program)" : placeText(place);
    return [
      `${label}  ${conclusionNames[one.kind] ?? one.kind}  ${where}${scanned && !join.inTests.includes(one) ? "  no finding of the scan" : ""}`,
      ...evidenceLines(one).map((line) => `        ${line}`),
    ];
  });
  const { length } = join.inTests;
  return [
    ...lines,
    ...(list.length > shown && !all ? [`${list.length - shown} more with --all`] : []),
    ...(length > 0 && !all ? [`${length} more in tests, which are not the product: --all shows ${length === 1 ? "it" : "them"}`] : []),
  ];
}

function requests({ set, all, paint }: Measured): string[] {
  const list = ofKind(set, "request");
  if (list.length === 0) return [];
  const time = set.environment.circumstance === "test" ? "" : "   median ms";
  const rows = (all ? list : list.slice(0, shown)).map(({ route, count, statements, calls, time: took, waiting, sent }) => [
    clean(route),
    String(count),
    range(statements.min, statements.max),
    range(calls.min, calls.max),
    sent === undefined ? "" : bytesText(sent.median),
    ...(time === "" ? [] : [took.median.toFixed(1), `${Math.round(waiting * 100)} %`]),
  ]);
  const names = ["ROUTE", "requests", "statements", "http calls", "bytes sent", ...(time === "" ? [] : ["median ms", "waiting"])];
  const lines = table([names, ...rows]);
  return [
    paint("bold", lines[0] ?? ""),
    ...lines.slice(1),
    ...(list.length > shown && !all ? [`${list.length - shown} more routes with --all`] : []),
  ];
}

const bytesText = (bytes: number): string => (bytes < 10_000 ? String(bytes) : `${Math.round(bytes / 1000)} kB`);
const range = (least: number, most: number): string => (least === most ? String(least) : `${least}–${most}`);

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function formulas({ checks = [], paint }: Measured): string[] {
  const decided = checks.filter(({ holds }) => holds !== undefined);
  if (decided.length === 0) return [];
  const wrong = decided.filter(({ holds }) => holds === false);
  const grown = decided.filter(({ holds, equation }) => holds === true && equation !== undefined);
  return [
    `${paint("bold", "FORMULAS")}  ${decided.length - wrong.length} of ${decided.length} hold as counted${checks.length > decided.length ? `; the sizes of ${checks.length - decided.length} were not seen` : ""}`,
    ...grown.map(({ route, formula, equation, most }) => `  ${clean(route)} = ${clean(formula)}: counted ${most}, and ${equation}`),
    ...wrong.map(({ route, formula, least, most }) => `  ${clean(route)} = ${clean(formula)}: counted ${range(least, most)}`),
  ];
}

/** Findings that this run did not reach: nothing is said against them. */
function unseen({ join, set, paint, all }: Measured): string[] {
  const list = join.joined.filter(({ state, finding }) => state === "unseen" && finding.tier !== "candidate");
  if (list.length === 0) return [];
  const lines = (all ? list : list.slice(0, shown)).map(({ finding }) => {
    const requested = requestedRoutes(finding, set);
    const [mounted] = mountedRoutes(finding, set);
    const why =
      requested.length > 0
        ? `not shown by ${requested.join(", ")}, which was requested`
        : mounted !== undefined
          ? `not shown by ${mounted}, which may be its route`
          : finding.routes.length > 0
            ? `not executed: ${finding.routes.slice(0, 3).join(", ")}`
            : "not executed";
    return `  ${clean(finding.rule)}  ${clean(finding.site.file)}:${finding.site.line}  ${clean(why)}`;
  });
  return [
    `${paint("bold", "UNSEEN")}  ${counted(list.length, "finding")} left no evidence in this run`,
    ...lines,
    ...(list.length > shown && !all ? [`  ${list.length - shown} more with --all`] : []),
  ];
}

function notes({ set, saved, join, scanned }: Measured): string[] {
  const lines = set.failures.map((failure) => `optimize: ${clean(failure)}`);
  const [cost] = ofKind(set, "cost");
  if (cost !== undefined && cost.cpu > 0)
    lines.push(
      `Observing cost ${cost.own.toFixed(0)} ms of ${cost.cpu.toFixed(0)} ms CPU in the agent's own code (${((100 * cost.own) / cost.cpu).toFixed(1)} %); V8's sampling at 1 ms is not in it.`,
    );
  const statements = ofKind(set, "statement");
  if (statements.length > 0) {
    const placed = statements.reduce((sum, { place, count }) => sum + (place === undefined ? 0 : count), 0);
    const all = statements.reduce((sum, { count }) => sum + count, 0);
    lines.push(
      `Usable: ${Math.round((100 * placed) / all)} % of statements have a place in the code${!scanned ? "" : `; evidence from ${join.joined.filter(({ state }) => state !== "unseen").length} of ${join.joined.length} findings' places`}.`,
    );
  }
  if (set.environment.circumstance === "test")
    lines.push("Counts and growth of a test run carry over; milliseconds need a load run: optimize measure --while <load> -- <server>");
  if (saved !== undefined) lines.push(`Saved  ${saved}`);
  return lines;
}
