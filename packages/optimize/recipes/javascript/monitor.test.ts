import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "vitest";
import { createMonitor } from "./monitor.ts";

test("requests are counted by method, route and status", async () => {
  const monitor = createMonitor({ process: false });
  monitor.request("GET", "/users/:id", 200, 0.3);
  monitor.request("GET", "/users/:id", 200, 3);
  monitor.statement("select", 0.01);
  const text = await monitor.prometheus();
  assert.match(text, /http_request_duration_seconds_bucket\{le="2",method="GET",route="\/users\/:id",status="200"\} 1/);
  assert.match(text, /http_request_duration_seconds_count\{method="GET",route="\/users\/:id",status="200"\} 2/);
  assert.match(text, /db_statement_duration_seconds_count\{operation="select"\} 1/);
});

test("a request to a server is counted when its answer is closed", async () => {
  const monitor = createMonitor({ process: false });
  const server = createServer((request, response) => {
    monitor.watch(request, response, () => "/orders/:id");
    response.end("ok");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await fetch(`http://127.0.0.1:${port}/orders/7`).then((response) => response.text());
  await new Promise((resolve) => setTimeout(resolve, 20));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  assert.match(await monitor.prometheus(), /count\{method="GET",route="\/orders\/:id",status="200"\} 1/);
});
