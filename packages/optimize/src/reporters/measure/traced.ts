/** What load runs saw from outside, and how the program spent the slowest of their requests. */
import type { LoadEvidence, TraceEvidence, TraceSpan } from "../../model/load-evidence.ts";
import type { Join, Joined } from "../../model/joined.ts";
import { clean } from "../layout/sanitise.ts";
import { bytesText, countText, timeText } from "../layout/units.ts";
import { counted } from "../layout/words.ts";
import { placeText } from "./evidence-lines.ts";
import { ofKind, type Measured } from "./input.ts";

const shown = 3;

/** One row an endpoint of the load runs. */
export function loadRuns({ set, paint }: Measured): string[] {
  const list = ofKind(set, "load");
  const [first] = list;
  if (first === undefined) return [];
  return [
    `${paint("bold", "LOAD")}  ${clean(first.model)}: ${first.verdict}${first.verdict === "inconclusive" ? ", so that its times say nothing" : ""}`,
    ...list.map(loadLine),
  ];
}

function loadLine({ endpoint, requests, failed, rate, latency, wire, raw, cpu, statements }: LoadEvidence): string {
  const times = (["p50", "p95", "p99"] as const).flatMap((name) =>
    latency[name] === undefined ? [] : [`${name} ${timeText(latency[name])}`],
  );
  const parts = [
    `${counted(requests, "request")}${failed > 0 ? `, ${countText(failed)} failed` : ""}, ${rate.toFixed(rate < 10 ? 1 : 0)}/s`,
    ...times,
    raw === undefined || raw === wire
      ? `${bytesText(wire)} a body`
      : `${bytesText(wire)} a body (${bytesText(raw)} before it was compressed)`,
    ...(statements === undefined ? [] : [`${Number(statements.toFixed(1))} statements a request`]),
    ...(cpu === undefined ? [] : [`${timeText(cpu)} CPU a request of the run`]),
  ];
  return `  ${clean(endpoint)}  ${parts.join(" · ")}`;
}

/** The slowest of the sampled requests, each with what it ran and the findings of the scan that stand there. */
export function slowest({ set, join, all, paint }: Measured): string[] {
  const list = ofKind(set, "trace").toSorted((a, b) => b.latency - a.latency);
  if (list.length === 0) return [];
  return [
    paint("bold", "SLOWEST REQUESTS  of those that load sampled, as the program saw them"),
    ...(all ? list : list.slice(0, shown)).flatMap((one) => [traceLine(one), ...one.spans.flatMap((span) => spanLines(span, join))]),
    ...(list.length > shown && !all ? [`  ${list.length - shown} more with --all`] : []),
  ];
}

function traceLine({ route, latency, time, waiting, statements, calls, trace }: TraceEvidence): string {
  const ran = [...(statements > 0 ? [counted(statements, "statement")] : []), ...(calls > 0 ? [counted(calls, "call")] : [])];
  return `  ${timeText(latency)}  ${clean(route)}  ${timeText(time)} of it in the program, ${Math.round(waiting * 100)} % waiting for ${ran.join(" and ") || "nothing"}  trace ${clean(trace)}`;
}

function spanLines(span: TraceSpan, join: Join): string[] {
  const where = span.place === undefined ? "(no frame of the program)" : placeText(span.place);
  const found = join.joined.filter((one) => speaksOf(one, span)).map(({ finding }) => `${clean(finding.rule)} ${finding.id.slice(0, 8)}`);
  return [
    `        ${timeText(span.time)}  ${span.count}x ${where}  ${clean(span.shape.slice(0, 80))}`,
    ...(found.length > 0 ? [`        finding: ${found.slice(0, 3).join(", ")}`] : []),
  ];
}

/** A finding that evidence of the same statement at the same place belongs to. */
function speaksOf({ evidence }: Joined, { fingerprint, place }: TraceSpan): boolean {
  return evidence.some(
    (one) =>
      (one.kind === "statement" || one.kind === "n+1" || one.kind === "slow" || one.kind === "duplicate") &&
      one.fingerprint === fingerprint &&
      (one.kind === "duplicate" ? one.places : [one.place]).some(
        (at) => at !== undefined && at.file === place?.file && at.line === place.line,
      ),
  );
}
