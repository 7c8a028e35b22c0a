/** Requests and statements in Prometheus' terms, over prom-client. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

export interface MonitorOptions {
  /** Limits in seconds that durations are counted by; put the limits of your objectives among them. */
  readonly buckets?: number[];
  /** Whether the process itself is measured too: memory, event loop. Default true. */
  readonly process?: boolean;
}

/**
 * @example
 * const monitor = createMonitor();
 * app.use((request, response, next) => {
 *   monitor.watch(request, response, () => request.route?.path ?? "unmatched");
 *   next();
 * });
 * app.get("/metrics", async (_, response) => response.type(monitor.contentType).send(await monitor.prometheus()));
 */
export function createMonitor({ buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10], process = true }: MonitorOptions = {}) {
  const register = new Registry();
  if (process) collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time of a request",
    labelNames: ["method", "route", "status"],
    buckets,
    registers: [register],
  });
  const statements = new Histogram({
    name: "db_statement_duration_seconds",
    help: "Time of a statement",
    labelNames: ["operation"],
    buckets,
    registers: [register],
  });
  return {
    /** Counts a request that was answered. A route is the pattern ("/users/:id"), never what the client asked for. */
    request(method: string, route: string, status: number | string, seconds: number): void {
      requests.observe({ method, route, status: String(status) }, seconds);
    },
    /** Counts a request when its response is closed; the route is asked for then. */
    watch(request: IncomingMessage, response: ServerResponse, routeOf: () => string): void {
      const begun = performance.now();
      response.once("close", () => {
        const status = response.writableFinished ? response.statusCode : "aborted";
        this.request(request.method ?? "", routeOf(), status, (performance.now() - begun) / 1000);
      });
    },
    statement(operation: string, seconds: number): void {
      statements.observe({ operation }, seconds);
    },
    contentType: register.contentType,
    prometheus: (): Promise<string> => register.metrics(),
  };
}
