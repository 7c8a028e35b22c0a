/** A server that says its port, and its processor time when it is asked, observed by what its argument names. */
import { createRequire } from "node:module";

const wanted = process.argv[2];

/** Observes a request that is about to be answered. @type {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} */
let begin = () => {};

if (wanted?.startsWith("monitor")) {
  const { createMonitor } = await import("../../packages/runtime/dist/esm/monitor.js");
  const monitor = createMonitor(wanted === "monitor" ? {} : { ignore: () => true });
  if (wanted === "monitor-by-hand")
    begin = (request, response) => {
      const begun = performance.now();
      response.on("finish", () =>
        monitor.request(request.method ?? "", "/plain/:id", response.statusCode, (performance.now() - begun) / 1000),
      );
    };
}
if (wanted === "prom-client") {
  const { default: client } = await import("prom-client");
  client.collectDefaultMetrics();
  const durations = new client.Histogram({ name: "http_request_duration_seconds", help: "x", labelNames: ["method", "route", "status"] });
  begin = (request, response) => {
    const end = durations.startTimer();
    response.on("finish", () => end({ method: request.method, route: "/plain/:id", status: response.statusCode }));
  };
}
if (wanted?.startsWith("opentelemetry")) {
  const { MeterProvider, PeriodicExportingMetricReader, InMemoryMetricExporter, AggregationTemporality } =
    await import("@opentelemetry/sdk-metrics");
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })] });
  if (wanted === "opentelemetry-http") {
    const { HttpInstrumentation } = await import("@opentelemetry/instrumentation-http");
    const instrumentation = new HttpInstrumentation();
    instrumentation.setMeterProvider(meterProvider);
    instrumentation.enable();
  } else {
    const durations = meterProvider.getMeter("bench").createHistogram("http.server.request.duration", { unit: "s" });
    begin = (request, response) => {
      const begun = performance.now();
      response.on("finish", () =>
        durations.record((performance.now() - begun) / 1000, {
          "http.request.method": request.method,
          "http.route": "/plain/:id",
          "http.response.status_code": response.statusCode,
        }),
      );
    };
  }
}

// Not imported: instrumentation wraps what is required after it.
const { createServer } = /** @type {typeof import("node:http")} */ (createRequire(import.meta.url)("node:http"));
const server = createServer((request, response) => {
  begin(request, response);
  response.end("ok");
});
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send?.({ port: /** @type {import("node:net").AddressInfo} */ (server.address()).port }));
process.on("message", () => process.send?.(process.cpuUsage()));
process.once("disconnect", () => process.exit());
