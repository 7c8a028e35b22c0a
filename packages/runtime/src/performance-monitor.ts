import { createMonitor, type Monitor, type MonitorOptions, type Snapshot } from "./monitor.ts";

/**
 * `createMonitor` as a class. Close it at the end.
 *
 * @example
 * const monitor = new PerformanceMonitor({ onAlert: (alert) => log.warn(alert) });
 * const getUser = monitor.trackResponseTime(loadUser);
 */
export class PerformanceMonitor {
  /** All that the front leaves out: Prometheus, OTLP, statements of a driver. */
  readonly monitor: Monitor;

  /** By default it warns when p95 is above 2 s for a minute, errors above 5 %, memory above 80 %, one core busy above 70 %. */
  constructor(options: MonitorOptions = {}) {
    const thresholds = {
      http_p95_seconds: { above: 2, for: 60_000 },
      http_error_share: { above: 0.05, for: 60_000 },
      process_memory_share: { above: 0.8, for: 60_000 },
      process_cpu_share: { above: 0.7, for: 60_000 },
    };
    this.monitor = createMonitor({ thresholds, ...options });
  }

  /** A function whose durations are counted, those of failed calls too. */
  trackResponseTime<A extends unknown[], R>(operation: (...args: A) => R, name = operation.name || "anonymous"): (...args: A) => R {
    return this.monitor.timed(name, operation);
  }

  /** @param milliseconds How long it took. */
  trackDatabaseQuery(query: string, milliseconds: number): void {
    this.monitor.statement(query, milliseconds / 1000);
  }

  /** Counts a value of one's own, in any unit. */
  recordMetric(type: string, operation: string, value: number): void {
    this.monitor.histogram(type.replace(/[^a-zA-Z0-9_]/g, "_"), { labels: ["operation"], bounds: [] }).record(value, operation);
  }

  /** Count, mean, min, max, p50, p95 and p99 of everything since the start. */
  generatePerformanceReport(): Snapshot {
    return this.monitor.snapshot();
  }

  close(): void {
    this.monitor.close();
  }
}
