/** A small server that says its port and its processor time, measured by what its argument names. */
import { createServer } from "node:http";

const wanted = process.argv[2];

/** Counts a request that is about to be answered. @type {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} */
let begin = () => {};

if (wanted === "monitor") {
  const { createMonitor } = await import("../../packages/runtime/dist/esm/monitor.js");
  createMonitor();
}
if (wanted === "prom-client") {
  const { default: client } = await import("prom-client");
  client.collectDefaultMetrics();
  const durations = new client.Histogram({ name: "http_request_duration_seconds", help: "x", labelNames: ["method", "route", "status"] });
  begin = (request, response) => {
    const end = durations.startTimer();
    response.once("close", () => end({ method: request.method, route: "/plain/:id", status: response.statusCode }));
  };
}
if (wanted === "opentelemetry") {
  const { MeterProvider, PeriodicExportingMetricReader, InMemoryMetricExporter, AggregationTemporality } =
    await import("@opentelemetry/sdk-metrics");
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })] });
  const durations = provider.getMeter("bench").createHistogram("http.server.request.duration", { unit: "s" });
  begin = (request, response) => {
    const begun = performance.now();
    response.once("close", () =>
      durations.record((performance.now() - begun) / 1000, {
        "http.request.method": request.method,
        "http.route": "/plain/:id",
        "http.response.status_code": response.statusCode,
      }),
    );
  };
}

const server = createServer((request, response) => {
  if (request.url === "/cpu") {
    const { user, system } = process.cpuUsage();
    return response.end(String(user + system));
  }
  begin(request, response);
  response.end("ok");
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: /** @type {import("node:net").AddressInfo} */ (server.address()).port }));
process.once("disconnect", () => process.exit());
