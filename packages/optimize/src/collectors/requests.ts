/** Requests by route, and statements by place. */
import { groupedBy } from "../model/grouped.ts";
import type { RequestEvidence, Spread, StatementEvidence } from "../model/evidence.ts";
import { covered, rounded, spreadOf } from "../model/spread.ts";
import type { Execution, Scope } from "./executions.ts";
import { placeKey } from "./executions.ts";

const milliseconds = (microseconds: number): number => microseconds / 1000;

export function requestsOf(scopes: readonly Scope[]): RequestEvidence[] {
  const answered = scopes.filter(({ request }) => request !== undefined);
  return [...groupedBy(answered, ({ route }) => route)]
    .map(([route, list]) => requestEvidence(route, list))
    .sort((a, b) => b.time.total - a.time.total);
}

function requestEvidence(route: string, scopes: readonly Scope[]): RequestEvidence {
  const ended = scopes.filter(({ request }) => (request?.time ?? -1) >= 0);
  const total = ended.reduce((sum, { request }) => sum + (request?.time ?? 0), 0);
  const waited = ended.reduce(
    (sum, { request, executions }) =>
      sum + Math.min(request?.time ?? 0, covered(executions.map(({ begun, time }) => [begun, begun + time]))),
    0,
  );
  const served = scopes.filter(({ request }) => (request?.status ?? 0) > 0 && (request?.status ?? 0) < 400);
  const counts = (calls: boolean, of = scopes): number[] =>
    of.map(
      ({ executions }) =>
        executions.filter(({ statement }) => statement.action !== "control" && (statement.action === "call") === calls).length,
    );
  return {
    kind: "request",
    route,
    count: scopes.length,
    failed: scopes.filter(({ request }) => (request?.status ?? 0) >= 500).length,
    time: spreadOf(ended.map(({ request }) => milliseconds(request?.time ?? 0))),
    statements: spreadOf(counts(false)),
    ...(served.length === 0 ? {} : { served: spreadOf(counts(false, served)) }),
    calls: spreadOf(counts(true)),
    ...sentOf(ended),
    waiting: total === 0 ? 0 : rounded(waited / total),
  };
}

function sentOf(scopes: readonly Scope[]): { readonly sent?: Spread } {
  const sent = scopes.flatMap(({ request }) => (request === undefined || request.sent < 0 ? [] : [request.sent]));
  return sent.length === 0 ? {} : { sent: spreadOf(sent) };
}

export function statementsOf(scopes: readonly Scope[]): StatementEvidence[] {
  const all = scopes.flatMap((scope) =>
    scope.executions.filter(({ statement }) => statement.action !== "control").map((execution) => ({ scope, execution })),
  );
  const groups = groupedBy(
    all,
    ({ execution }) => `${execution.statement.library}\0${execution.statement.fingerprint}\0${execution.places.map(placeKey).join()}`,
  );
  return [...groups.values()].map(statementEvidence).sort((a, b) => b.time.total - a.time.total);
}

function statementEvidence(list: readonly { readonly scope: Scope; readonly execution: Execution }[]): StatementEvidence {
  const { statement, places } = (list[0] as { readonly execution: Execution }).execution;
  const [place, ...callers] = places;
  const rows = list.flatMap(({ execution }) => (execution.rows < 0 ? [] : [execution.rows]));
  return {
    kind: "statement",
    library: statement.library,
    shape: statement.shape,
    fingerprint: statement.fingerprint,
    ...(place === undefined ? {} : { place }),
    callers,
    routes: [...new Set(list.map(({ scope }) => scope.route).filter((route) => route !== ""))].sort(),
    count: list.length,
    requests: new Set(list.filter(({ scope }) => scope.request !== undefined).map(({ scope }) => scope)).size,
    failed: list.filter(({ execution }) => execution.failed).length,
    time: spreadOf(list.map(({ execution }) => milliseconds(execution.time))),
    ...(rows.length === 0 ? {} : { rows: spreadOf(rows) }),
  };
}
