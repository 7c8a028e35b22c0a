/** What load says against a finding whose place ran: it did not repeat, or it takes next to no time. Tests and runs of unknown load say nothing. */
import type { Evidence, EvidenceSet, RequestEvidence, StatementEvidence } from "../model/evidence.ts";
import type { Joined } from "../model/joined.ts";

/** Fewer requests say nothing. */
const leastRequests = 20;
/** Rows from which a loop over them would have been seen. */
const leastRows = 5;
const cold = 0.01;

/** Undefined when nothing speaks against it. `kinds`: what would have shown the problem. */
export function againstOf(
  touching: readonly Evidence[],
  kinds: readonly Evidence["kind"][],
  set: EvidenceSet,
): Pick<Joined, "state" | "because"> | undefined {
  if (set.environment.circumstance !== "load") return undefined;
  const statements = touching.filter((one): one is StatementEvidence => one.kind === "statement");
  const routes = new Set(statements.flatMap((one) => one.routes));
  const requests = set.evidence.filter((one): one is RequestEvidence => one.kind === "request" && routes.has(one.route));
  const ran = Math.max(0, ...statements.map((one) => one.requests));
  if (ran < leastRequests) return undefined;
  const rows = Math.max(0, ...rowsOn(routes, set));
  const isOnce = statements.every(({ count, requests: of }) => count === of);
  if (kinds.includes("n+1") && isOnce && rows >= leastRows)
    return { state: "contradicted", because: `it ran once in each of ${ran} requests, which had lists of up to ${rows} rows` };
  const took = statements.reduce((sum, { time }) => sum + time.total, 0);
  const all = requests.reduce((sum, { time }) => sum + time.total, 0);
  if (all === 0 || took / all >= cold) return undefined;
  return { state: "cold", because: `${((100 * took) / all).toFixed(1)} % of the time of ${[...routes].sort().slice(0, 3).join(", ")}` };
}

const rowsOn = (routes: ReadonlySet<string>, { evidence }: EvidenceSet): number[] =>
  evidence.flatMap((one) =>
    one.kind === "statement" && one.rows !== undefined && one.routes.some((route) => routes.has(route)) ? [one.rows.max] : [],
  );
