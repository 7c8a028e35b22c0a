/** What a service does, measured by itself in microseconds a request and fixed memory: requests, errors, statements, memory, event loop. */
import type { IncomingMessage } from "node:http";
import { createHistogram, quantile, record, summaryOf, type Histogram, type Summary } from "./histogram.ts";
import { setRoute, watchRequests } from "./http-requests.ts";
import {
  createRegistry,
  defaultBounds,
  type Counter,
  type Gauge,
  type HistogramMetric,
  type Metric,
  type MetricOptions,
} from "./metrics.ts";
import { otlpMetrics } from "./otlp.ts";
import { createProcessReadings, type ProcessReadings } from "./process-readings.ts";
import { prometheusText } from "./prometheus.ts";
import { statementName, statementShape } from "./statement-shape.ts";
import { watchStatements } from "./statements.ts";
import { createThresholds, type Alert, type Threshold } from "./thresholds.ts";
import { observed, warnOnce } from "./waiting.ts";

export type { Histogram, Summary } from "./histogram.ts";
export type { Counter, Gauge, HistogramMetric, Metric, MetricOptions } from "./metrics.ts";
export { prometheusType } from "./prometheus.ts";
export type { Alert, Threshold } from "./thresholds.ts";

/**
 * What is read at every look, exported as a gauge, and what thresholds can be set on. Requests and statements are those since the look before.
 * Names are prom-client's where it has one.
 */
export interface Readings extends ProcessReadings {
  /** Unknown with fewer than `minRequests`. */
  readonly http_p95_seconds: number | undefined;
  readonly http_p99_seconds: number | undefined;
  /** Answers of 500 and above, 0 to 1. */
  readonly http_error_share: number | undefined;
  readonly db_slow_statements: number;
}

export interface MonitorOptions {
  /** Name of the service, for OTLP. Default "node". */
  readonly service?: string;
  readonly thresholds?: Readonly<Partial<Record<keyof Readings, Threshold>>>;
  readonly onAlert?: (alert: Alert) => void;
  /** Milliseconds between two looks at the thresholds. Default 10,000. */
  readonly interval?: number;
  /** Requests below which a look says nothing about percentiles and shares. Default 20. */
  readonly minRequests?: number;
  /** Seconds from which a statement is slow. Default 1. */
  readonly slowStatement?: number;
  /** Is told of each slow statement; its values are taken out. */
  readonly onSlowStatement?: (slow: SlowStatement) => void;
  /** Limits in seconds that durations are counted by exactly; put the limits of your objectives among them. */
  readonly bounds?: readonly number[];
  /** Requests that are not counted. Default: /metrics and the usual health checks. */
  readonly ignore?: (request: IncomingMessage) => boolean;
}

export interface SlowStatement {
  /** Without values. */
  readonly statement: string;
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Snapshot {
  readonly since: number;
  readonly at: number;
  readonly readings: Readings;
  readonly metrics: Readonly<
    Record<string, readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number | Summary }[]>
  >;
  /** The last 50. */
  readonly slowStatements: readonly SlowStatement[];
}

export interface Monitor {
  /** Counts a request that no Node HTTP server saw. */
  request(method: string, route: string, status: number | string, seconds: number): void;
  /** Says what route a request is for, where the framework does not leave that on the request. */
  setRoute(request: IncomingMessage, route: string): void;
  error(error: unknown, where?: string): void;
  /** Counts a statement; keeps it when it was slow. */
  statement(text: string, seconds: number, error?: unknown): void;
  /** Times what is sent by a client or pool with `query` or `execute` (pg, mysql2), until the monitor closes. */
  watch<T extends object>(driver: T): T;
  /** A function that is timed and counted under the name; `this`, result and errors stay as they are. */
  timed<A extends unknown[], R>(name: string, run: (...args: A) => R): (...args: A) => R;
  counter(name: string, options?: MetricOptions): Counter;
  gauge(name: string, options?: MetricOptions): Gauge;
  histogram(name: string, options?: MetricOptions & { readonly bounds?: readonly number[] }): HistogramMetric;
  metrics(): Iterable<Metric>;
  snapshot(): Snapshot;
  /** For a scrape: `response.setHeader("content-type", prometheusType)`. */
  prometheus(): string;
  /** An OTLP request as an object for JSON. */
  otlp(): object;
  /** Leaves the program as it was: no timer, no wrapper, no subscription. */
  close(): void;
}

const unwatched = /^\/(?:metrics|healthz?|livez|readyz|ping)(?:$|\?)/;
const slowKept = 50;

/**
 * @example
 * const monitor = createMonitor({
 *   thresholds: { http_p95_seconds: { above: 2, for: 60_000 }, process_memory_share: { above: 0.8 } },
 *   onAlert: (alert) => log.warn(alert),
 * });
 * monitor.watch(pool);
 * app.get("/metrics", (_, response) => response.type(prometheusType).send(monitor.prometheus()));
 */
export function createMonitor(options: MonitorOptions = {}): Monitor {
  const { service = "node", interval = 10_000, minRequests = 20, slowStatement = 1, bounds = defaultBounds } = options;
  const registry = createRegistry();
  const since = Date.now();
  const seconds = { unit: "s", bounds };
  const requests = registry.histogram("http_request_duration_seconds", {
    ...seconds,
    labels: ["method", "route", "status"],
  });
  const statements = registry.histogram("db_statement_duration_seconds", { ...seconds, labels: ["operation", "table"] });
  const errors = registry.counter("errors_total", { labels: ["name", "where"], maxSeries: 200 });
  const calls = registry.histogram("call_duration_seconds", { ...seconds, labels: ["name", "outcome"] });
  const slowStatements: SlowStatement[] = [];
  const readings = createProcessReadings();
  const thresholds = createThresholds(options.thresholds ?? {});
  const nameOf = createNames();
  const watched: (() => void)[] = [];
  /** Since the last look. */
  let recent = createHistogram();
  let [inFlight, failed, slow] = [0, 0, 0];
  let latest = read();

  function request(method: string, route: string, status: number | string, seconds: number): void {
    const text = String(status);
    requests.record(seconds, method, route, text);
    record(recent, seconds);
    if (text.charCodeAt(0) === 53) failed += 1;
  }

  function statement(text: string, seconds: number, error?: unknown): void {
    statements.record(seconds, ...nameOf(text));
    if (error !== undefined && error !== null) errors.add(1, nameOfError(error), "statement");
    if (seconds < slowStatement) return;
    slow += 1;
    const entry = { statement: statementShape(text), seconds, at: Date.now() };
    if (slowStatements.push(entry) > slowKept) slowStatements.shift();
    guarded(() => options.onSlowStatement?.(entry));
  }

  function read(): Readings {
    const of = (value: number | undefined) => (recent.count < minRequests ? undefined : value);
    return {
      ...readings.read(),
      http_p95_seconds: of(quantile(recent, 0.95)),
      http_p99_seconds: of(quantile(recent, 0.99)),
      http_error_share: of(failed / recent.count),
      db_slow_statements: slow,
    };
  }

  function look(): void {
    latest = read();
    recent = createHistogram();
    [failed, slow] = [0, 0];
    for (const alert of thresholds({ ...latest }, Date.now())) guarded(() => options.onAlert?.(alert));
  }

  function metrics(): Iterable<Metric> {
    const gauges = { ...latest, process_start_time_seconds: since / 1000, http_requests_active: inFlight };
    for (const [name, value] of Object.entries(gauges)) registry.gauge(name).set(value ?? NaN);
    return registry.all.values();
  }

  function timed<A extends unknown[], R>(name: string, run: (...args: A) => R): (...args: A) => R {
    return function (this: unknown, ...args: A): R {
      const begun = performance.now();
      return observed(
        () => run.apply(this, args),
        (failed) => calls.record((performance.now() - begun) / 1000, name, failed ? "error" : "ok"),
      );
    };
  }

  const ignore = options.ignore ?? (({ url = "" }) => unwatched.test(url));
  watched.push(watchRequests(request, (change) => (inFlight += change), ignore));
  const timer = setInterval(look, interval).unref();

  return {
    request,
    setRoute,
    error: (error, where = "") => errors.add(1, nameOfError(error), where),
    statement,
    watch(driver) {
      watched.push(watchStatements(driver, statement));
      return driver;
    },
    timed,
    counter: registry.counter,
    gauge: registry.gauge,
    histogram: registry.histogram,
    metrics,
    snapshot() {
      const list = [...metrics()].map(({ name, labels, series }) => [name, series.map((one) => pointOf(labels, one))]);
      return { since, at: Date.now(), readings: latest, metrics: Object.fromEntries(list), slowStatements: [...slowStatements] };
    },
    prometheus: () => prometheusText(metrics()),
    otlp: () => otlpMetrics(metrics(), { service, since, now: Date.now() }),
    close() {
      clearInterval(timer);
      readings.close();
      for (const leave of watched.splice(0).reverse()) leave();
    },
  };
}

/** Names of statements, which programs send again and again. Long ones are not kept: their text would be the greater part of the memory. */
function createNames(): (text: string) => [string, string] {
  const known = new Map<string, [string, string]>();
  return (text) => {
    const kept = known.get(text);
    if (kept) return kept;
    const name = statementName(statementShape(text));
    if (known.size >= 500) known.clear();
    if (text.length <= 1000) known.set(text, name);
    return name;
  };
}

function pointOf(labels: readonly string[], { values, value }: { values: readonly string[]; value: number | Histogram }) {
  return {
    labels: Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ""])),
    value: typeof value === "number" ? value : summaryOf(value),
  };
}

function nameOfError(error: unknown): string {
  return error instanceof Error ? error.name.slice(0, 64) : typeof error;
}

/** Hooks are the program's; what they throw does not stop the monitor. */
function guarded(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    warn(error);
  }
}

const warn = warnOnce("a hook failed");
