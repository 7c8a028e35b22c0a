/** Load runs tied to what the program saw of them: by the trace that a sampled request carried. */
import type { RequestEvidence } from "../model/evidence.ts";
import type { LoadEvidence, TraceEvidence, TraceSpan } from "../model/load-evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import type { LoadFigures, LoadResult } from "../model/load.ts";
import { covered, rounded } from "../model/spread.ts";
import { placeKey, type Execution, type Scope } from "./executions.ts";

const mostSpans = 3;

/** A run of which no traced request came here has loaded another program: it is left out. */
export function loadsOf(
  results: readonly LoadResult[],
  scopes: readonly Scope[],
  requests: readonly RequestEvidence[],
): (LoadEvidence | TraceEvidence)[] {
  const traced = new Map(
    scopes.flatMap((scope) => (scope.request === undefined || scope.request.trace === "" ? [] : [[scope.request.trace, scope] as const])),
  );
  return results.flatMap((result) => {
    const seen = result.slowest.flatMap((one) => {
      const scope = traced.get(one.trace);
      return scope === undefined ? [] : [traceEvidence(one, scope)];
    });
    if (seen.length === 0) return [];
    return [...result.endpoints.map((endpoint) => loadEvidence(endpoint, result, seen, requests)), ...seen];
  });
}

function loadEvidence(
  figures: LoadFigures,
  result: LoadResult,
  traces: readonly TraceEvidence[],
  requests: readonly RequestEvidence[],
): LoadEvidence {
  const routes = [...new Set(traces.flatMap(({ endpoint, route }) => (endpoint === figures.name ? [route] : [])))].sort();
  const answered = requests.filter(({ route }) => routes.includes(route));
  const count = answered.reduce((sum, one) => sum + one.count, 0);
  const statements = answered.reduce((sum, one) => sum + one.statements.total, 0);
  return {
    kind: "load",
    endpoint: figures.name,
    routes,
    model: result.model,
    verdict: result.verdict,
    requests: figures.requests,
    failed: figures.failed,
    rate: figures.rate,
    latency: figures.latency.percentiles,
    ...bytesOf(figures),
    ...(result.usage === undefined ? {} : { cpu: result.usage.cpuARequest }),
    ...(count === 0 ? {} : { statements: rounded(statements / count) }),
  };
}

/** Bytes of all bodies are known as they were sent; before they were compressed, of those that were looked at. */
function bytesOf({ bodyBytes, weighed, requests }: LoadFigures): Pick<LoadEvidence, "wire" | "raw"> {
  const wire = Math.round(bodyBytes / Math.max(1, requests));
  return weighed === undefined ? { wire } : { wire, raw: Math.round(weighed.raw / weighed.count) };
}

function traceEvidence({ endpoint, trace, latency }: LoadResult["slowest"][number], { route, request, executions }: Scope): TraceEvidence {
  const time = Math.max(0, request?.time ?? 0);
  const ran = executions.filter(({ statement }) => statement.action !== "control");
  const calls = ran.filter(({ statement }) => statement.action === "call").length;
  const waited = covered(ran.map(({ begun, time: took }) => [begun, begun + took]));
  return {
    kind: "trace",
    trace,
    endpoint,
    route,
    latency,
    time: rounded(time / 1000),
    waiting: time === 0 ? 0 : rounded(Math.min(1, waited / time)),
    statements: ran.length - calls,
    calls,
    spans: spansOf(ran),
  };
}

function spansOf(executions: readonly Execution[]): TraceSpan[] {
  const groups = groupedBy(
    executions,
    ({ statement, places: [place] }) => `${statement.fingerprint} ${place === undefined ? "" : placeKey(place)}`,
  );
  return [...groups.values()]
    .map((list): TraceSpan => {
      const { statement, places } = list[0] as Execution;
      const [place] = places;
      const { library, shape, fingerprint } = statement;
      const time = rounded(list.reduce((sum, one) => sum + one.time, 0) / 1000);
      return { library, shape, fingerprint, ...(place === undefined ? {} : { place }), count: list.length, time };
    })
    .sort((a, b) => b.time - a.time)
    .slice(0, mostSpans);
}
