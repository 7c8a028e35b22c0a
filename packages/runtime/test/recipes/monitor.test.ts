import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "vitest";
import { createMonitor } from "../../src/monitor.ts";

const later = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

async function served(handler: Parameters<typeof createServer>[1], paths: string[]) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  for (const path of paths) await fetch(`http://127.0.0.1:${port}${path}`).then((response) => response.text());
  await later();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

test("requests to a server of Node are counted without a change of the program", async () => {
  const monitor = createMonitor();
  try {
    await served(
      (request, response) => response.writeHead(request.url === "/bad" ? 500 : 200).end("ok"),
      ["/users/17", "/users/18?x=1", "/bad", "/metrics"],
    );
    const series = monitor.snapshot().metrics["http_request_duration_seconds"] ?? [];
    assert.deepEqual(
      series.map(({ labels, value }) => [labels["route"], labels["status"], typeof value === "number" ? value : value.count]),
      [
        ["/users/:id", "200", 2],
        ["/bad", "500", 1],
      ],
    );
  } finally {
    monitor.close();
  }
});

test("a request whose client went away counts as aborted, and is no longer served", async () => {
  const monitor = createMonitor();
  const server = createServer((_, response) => void response.write("a part"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const stop = new AbortController();
  const response = await fetch(`http://127.0.0.1:${typeof address === "object" && address?.port}/report`, { signal: stop.signal });
  const active = () => monitor.snapshot().metrics["http_requests_active"]?.[0]?.value;
  assert.equal(active(), 1);
  stop.abort();
  await assert.rejects(response.text());
  await new Promise((resolve) => server.close(resolve));
  await later();
  const [series] = monitor.snapshot().metrics["http_request_duration_seconds"] ?? [];
  assert.deepEqual(series?.labels, { method: "GET", route: "/report", status: "aborted" });
  assert.equal(active(), 0);
  monitor.close();
});

test("a route shows plain words and versions of a path, and nothing else that a client wrote", async () => {
  const monitor = createMonitor();
  try {
    const long = "a".repeat(33);
    await served(
      (_, response) => response.end(),
      ["/", "/api/v2/users/ada%40example.com?token=x", `/files/${long}/raw`, "/a//1/", "/v1x/B-2"],
    );
    const series = monitor.snapshot().metrics["http_request_duration_seconds"] ?? [];
    assert.deepEqual(
      series.map(({ labels }) => labels["route"]),
      ["/", "/api/v2/users/:id", "/files/:id/raw", "/a//:id/", "/:id/:id"],
    );
  } finally {
    monitor.close();
  }
});

test("p95 and p99 are right to 3 % over any range, count, mean, min and max exactly", () => {
  const monitor = createMonitor();
  for (let n = 1; n <= 10_000; n += 1) monitor.request("GET", "/a", 200, n / 1000);
  const [one] = monitor.snapshot().metrics["http_request_duration_seconds"] ?? [];
  monitor.close();
  assert.ok(one !== undefined && typeof one.value !== "number");
  const { count, mean, min, max, p50, p95, p99 } = one.value;
  assert.deepEqual([count, min, max], [10_000, 0.001, 10]);
  assert.ok(Math.abs(mean - 5.0005) < 1e-9);
  for (const [seen, right] of [
    [p50, 5],
    [p95, 9.5],
    [p99, 9.9],
  ])
    assert.ok(Math.abs(Number(seen) / Number(right) - 1) < 0.03, `${seen} for ${right}`);
});

test("statements are counted by verb and table, slow ones kept without their values", () => {
  const told = new Set();
  const monitor = createMonitor({ slowStatement: 0.5, onSlowStatement: ({ statement }) => told.add(statement) });
  monitor.statement("select * from users where email = 'ada@example.com' and age > 36", 0.1);
  monitor.statement("select * from users where email = 'bob@example.com'", 0.7);
  const { metrics, slowStatements } = monitor.snapshot();
  monitor.close();
  const [one] = metrics["db_statement_duration_seconds"] ?? [];
  assert.deepEqual(one?.labels, { operation: "select", table: "users" });
  assert.deepEqual(
    slowStatements.map(({ statement }) => statement),
    ["select * from users where email = ?"],
  );
  assert.equal(told.size, 1);
});

test("a driver is timed for promises and callbacks, and left as it was", async () => {
  class Client {
    query(text: string, done?: (error: Error | null, rows?: number) => void) {
      if (done === undefined) return text.includes("bad") ? Promise.reject(new Error("bad")) : Promise.resolve(1);
      done(null, 2);
      return undefined;
    }
  }
  const client = new Client();
  const monitor = createMonitor();
  monitor.watch(client);
  assert.equal(await client.query("select 1 from a"), 1);
  await assert.rejects(Promise.resolve(client.query("select bad from a")), /bad/);
  let rows = 0;
  void client.query("select 2 from a", (_, given = 0) => {
    rows = given;
  });
  assert.equal(rows, 2);
  // Rows that come as events have not come yet.
  const events = { query: (text: string) => ({ text, on: () => {} }) };
  monitor.watch(events).query("select 3 from a");
  const [one] = monitor.snapshot().metrics["db_statement_duration_seconds"] ?? [];
  assert.ok(one !== undefined && typeof one.value !== "number" && one.value.count === 3);
  monitor.close();
  assert.equal(client.query, Client.prototype.query);
});

test("a timed function keeps this, result and error", async () => {
  const monitor = createMonitor();
  const service = {
    name: "orders",
    find: monitor.timed("find", function (this: { name: string }, id: number) {
      return `${this.name} ${id}`;
    }),
    fail: monitor.timed("fail", () => Promise.reject(new Error("no"))),
  };
  assert.equal(service.find(7), "orders 7");
  await assert.rejects(service.fail(), /no/);
  const series = monitor.snapshot().metrics["call_duration_seconds"] ?? [];
  assert.deepEqual(
    series.map(({ labels }) => `${labels["name"]} ${labels["outcome"]}`),
    ["find ok", "fail error"],
  );
  monitor.close();
});

test("a threshold that requests cross is told to the hook, and so is its end", async () => {
  let tell = () => {};
  const over = new Promise((resolve) => {
    tell = () => resolve(undefined);
  });
  const alerts = new Set();
  const monitor = createMonitor({
    interval: 5,
    minRequests: 1,
    thresholds: { http_p95_seconds: { above: 1 } },
    onAlert: ({ name, state }) => {
      alerts.add(`${name} ${state}`);
      if (state === "resolved") tell();
    },
  });
  monitor.request("GET", "/slow", 200, 2);
  // The monitor itself keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  await over;
  clearInterval(alive);
  monitor.close();
  assert.deepEqual([...alerts], ["http_p95_seconds firing", "http_p95_seconds resolved"]);
});

test("Prometheus text has types, escaped labels and cumulative buckets", () => {
  const monitor = createMonitor({ bounds: [0.1, 1] });
  monitor.request("GET", '/a"b\\c\n', 200, 0.05);
  monitor.request("GET", '/a"b\\c\n', 200, 0.5);
  monitor.counter("orders_total", { help: "Orders" }).add(3);
  const text = monitor.prometheus();
  monitor.close();
  assert.match(text, /# TYPE http_request_duration_seconds histogram/);
  assert.match(text, /http_request_duration_seconds_bucket\{method="GET",route="\/a\\"b\\\\c\\n",status="200",le="0\.1"\} 1\n/);
  assert.match(text, /le="1"\} 2\n.*le="\+Inf"\} 2\n/);
  assert.match(text, /\norders_total 3\n/);
});

test("labels that come without end do not eat the memory", () => {
  const monitor = createMonitor();
  const hits = monitor.counter("hits_total", { labels: ["path"], maxSeries: 10 });
  for (let n = 0; n < 1000; n += 1) hits.add(1, `/path/${n}`);
  const series = monitor.snapshot().metrics["hits_total"] ?? [];
  monitor.close();
  assert.equal(series.length, 11);
  assert.equal(series.find(({ labels }) => labels["path"] === "other")?.value, 990);
});
