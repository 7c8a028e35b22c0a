/** Runs against a service on loopback: what is counted, what fails, and how it ends. Nothing here asserts a time. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { Executor, Plan } from "../../src/load/plan.ts";
import { runLoad, type LoadOptions } from "../../src/load/run.ts";
import type { LoadResult } from "../../src/model/load.ts";
import { thresholdOf, withStandard, type Threshold } from "../../src/load/thresholds.ts";
import { setUp } from "../../src/load/set-up.ts";
import { json, planFor, service, type Answer } from "./server.ts";

const iterations = (count: number, users = 4): Executor => ({ kind: "iterations", users, iterations: count, seconds: 20 });
const run = async (plan: Plan, options: Partial<LoadOptions> = {}): Promise<LoadResult> =>
  runLoad(plan, { target: "test", model: "", thresholds: withStandard([]), workers: 1, ...options });

/** Runs a scenario against a service that answers so. */
async function against(answer: Answer, scenario: object, executor: Executor, options: Partial<LoadOptions> = {}) {
  const target = await service(answer);
  try {
    const { plan, setup } = await planFor({ target: target.url, ...scenario }, executor, { TOKEN: "secret-token" });
    const variables = setup === undefined ? {} : await setUp(setup);
    return { result: await run({ ...plan, variables: { ...plan.variables, ...variables } }, options), requests: target.requests };
  } finally {
    await target.close();
  }
}

const one = { steps: [{ request: "GET /" }] };

describe("an open model", () => {
  it("sends every request of the schedule and counts each once", async () => {
    const executor = { kind: "arrivals", stages: [{ from: 200, to: 200, seconds: 1 }], poisson: false } as const;
    const { result, requests } = await against((_, response) => json(response, { ok: 1 }), one, executor);
    expect([result.total.requests, requests.length, result.total.failed, result.total.latency.count]).toEqual([200, 200, 0, 200]);
    expect(result.generator.scheduled).toBe(200);
    expect(result.total.statuses).toEqual({ 200: 200 });
  });

  it("measures from the intended time what a target that stood still made wait", async () => {
    let blocked = false;
    const answer: Answer = (_, response) => {
      if (!blocked) {
        blocked = true;
        const until = performance.now() + 300;
        while (performance.now() < until);
      }
      json(response, { ok: 1 });
    };
    const executor = { kind: "arrivals", stages: [{ from: 100, to: 100, seconds: 1 }], poisson: false } as const;
    const { result } = await against(answer, one, executor);
    // Service and generator are one thread here: what was due meanwhile was sent late, and its latency says so.
    expect(result.total.latency.percentiles.p75 ?? 0).toBeGreaterThan(10);
    expect(result.total.latency.max).toBeGreaterThanOrEqual(290);
    expect(result.verdict).toBe("inconclusive");
    expect(result.reasons.join()).toContain("the generator was late itself");
  });
});

describe("a closed model", () => {
  it("does its iterations, no more and no less", async () => {
    const { result, requests } = await against((_, response) => json(response, {}), one, iterations(57));
    expect([result.total.requests, requests.length]).toEqual([57, 57]);
  });
});

describe("a failed request", () => {
  const answers: [string, Answer, object, Record<string, number>][] = [
    ["a status that is no success", (_, response) => json(response, { error: "user 12345 is over quota" }, 503), one, { status: 10 }],
    ["an empty body", (_, response) => void response.writeHead(200).end(), one, { "empty body": 10 }],
    [
      "JSON that breaks off",
      (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"a":'),
      one,
      { "wrong body": 10 },
    ],
    [
      "a check",
      (_, response) => json(response, { state: "late" }),
      { steps: [{ request: "GET /", expect: { json: { "$.state": "done" } } }] },
      { check: 10 },
    ],
    [
      "nothing to extract",
      (_, response) => json(response, {}),
      { steps: [{ request: "GET /", extract: { id: "$.id" } }] },
      { extraction: 10 },
    ],
    ["a redirect", (_, response) => void response.writeHead(302, { location: "/login" }).end(), one, { status: 10 }],
  ];
  it.each(answers)("is %s", async (_name, answer, scenario, failures) => {
    const { result } = await against(answer, scenario, iterations(10, 1));
    expect(result.total.failures).toEqual(failures);
    expect(result.verdict).toBe("failed");
    expect(result.samples.length).toBeGreaterThan(0);
  });

  it("is shown without anybody's data", async () => {
    const answer: Answer = (_, response) =>
      json(response, { error: "ann@example.com has 12345 items", name: "Ann", token: "secret-token" }, 500);
    const { result } = await against(
      answer,
      { steps: [{ request: "GET /", headers: { authorization: "Bearer {{env.TOKEN}}" } }] },
      iterations(10, 1),
    );
    const text = JSON.stringify(result);
    expect(text).toContain("has # items");
    for (const secret of ["secret-token", "ann@example.com", "Ann", "12345"]) expect(text).not.toContain(secret);
  });

  it("is a page of HTML where there was JSON", async () => {
    let count = 0;
    const answer: Answer = (_, response) => {
      if (count++ < 5) json(response, { ok: 1 });
      else response.writeHead(200, { "content-type": "text/html" }).end("<title>Please log in</title>");
    };
    const { result } = await against(answer, one, iterations(10, 1));
    expect(result.total.failures).toEqual({ "wrong body": 5 });
    expect(result.samples.some(({ body }) => body === "HTML, title: Please log in")).toBe(true);
  });

  it("is one that takes longer than the timeout", async () => {
    const { result } = await against(() => {}, { ...one, timeout: "200ms" }, iterations(3, 3));
    expect(result.total.failures).toEqual({ timeout: 3 });
  });
});

describe("a scenario", () => {
  it("logs in, keeps cookies, and hands on what it found", async () => {
    const answer: Answer = ({ url, headers }, response) => {
      if (url === "/login")
        return void response
          .writeHead(200, { "set-cookie": "session=s1; Path=/; HttpOnly", "content-type": "application/json" })
          .end('{"token":"t1"}');
      if (url === "/items") return json(response, { items: [{ id: 7 }, { id: "a b/c" }] });
      json(response, { authorization: headers.authorization, cookie: headers.cookie });
    };
    const { result, requests } = await against(
      answer,
      {
        setup: [{ request: "POST /login", json: { token: "{{env.TOKEN}}" }, extract: { bearer: "$.token" } }],
        steps: [
          { request: "POST /login", json: { who: "{{users.name}}", n: "{{iteration}}" } },
          { request: "GET /items", extract: { id: "$.items[1].id", first: "$.items[0].id" } },
          { name: "item", request: "GET /items/{{id}}?n={{first}}", headers: { authorization: "Bearer {{bearer}}" } },
        ],
        feeders: { users: { file: "users.csv" } },
      },
      iterations(2, 1),
    );
    expect(result.total.failures).toEqual({});
    expect(requests.map(({ url }) => url)).toEqual([
      "/login",
      "/login",
      "/items",
      "/items/a%20b%2Fc?n=7",
      "/login",
      "/items",
      "/items/a%20b%2Fc?n=7",
    ]);
    expect(requests.map(({ body }) => body).filter((body) => body !== "")).toEqual([
      '{"token":"secret-token"}',
      '{"who":"Ann, \\"A\\"","n":0}',
      '{"who":"Bob","n":1}',
    ]);
    expect([requests[3]?.headers.authorization, requests[3]?.headers.cookie]).toEqual(["Bearer t1", "session=s1"]);
    expect(requests[4]?.headers.cookie).toBeUndefined();
    expect(result.endpoints.map(({ name, requests: count }) => [name, count])).toContainEqual(["item", 2]);
  });

  it("is chosen by its weight", async () => {
    const scenarios = { often: { weight: 3, steps: [{ request: "GET /often" }] }, rare: { weight: 1, steps: [{ request: "GET /rare" }] } };
    const { result } = await against((_, response) => json(response, {}), { scenarios }, iterations(100, 1));
    expect(result.endpoints.map(({ requests }) => requests)).toEqual([75, 25]);
  });
});

describe("a connection", () => {
  it("that the server closes after each response is replaced, and nothing fails", async () => {
    const { result } = await against(
      (_, response) => void response.writeHead(200, { connection: "close" }).end("x"),
      one,
      iterations(20, 2),
    );
    expect([result.total.requests, result.total.failed]).toEqual([20, 0]);
    expect(result.generator.connections).toBe(20);
  });

  it("that is closed while it was idle costs no request", async () => {
    const server = createServer((socket) => {
      let served = 0;
      socket.on("error", () => {});
      socket.on("data", () => {
        // Every third request on a connection meets a server that has just closed it.
        if (++served > 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { plan } = await planFor({ target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...one }, iterations(30, 1));
    const result = await run(plan);
    server.close();
    expect([result.total.requests, result.total.failed]).toEqual([30, 0]);
    expect(result.generator.retried).toBeGreaterThan(0);
  });
});

describe("an end before its time", () => {
  it("keeps what was measured when a person stops the run", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    const executor = { kind: "arrivals", stages: [{ from: 100, to: 100, seconds: 60 }], poisson: false } as const;
    const { result } = await against((_, response) => json(response, {}), one, executor, { signal: stop.signal });
    expect(result.verdict).toBe("interrupted");
    expect(result.reasons[0]).toMatch(/^interrupted after 0\.\d s of 60 s$/);
    expect(result.total.requests).toBeGreaterThan(10);
    expect(result.total.failed).toBe(0);
  });
});

describe("thresholds", () => {
  const read = (text: string): Threshold => thresholdOf(text) as Threshold;

  it("decide the verdict, and what too few requests can tell is inconclusive", async () => {
    const { result } = await against((_, response) => json(response, {}), one, iterations(100, 1), {
      thresholds: [read("p50 < 10s"), read("errors < 1%"), read("p50 > 10s"), read("p99 < 1s"), read("[GET /] max < 1h")].filter(
        (one) => typeof one !== "string",
      ),
    });
    expect(result.thresholds.map(({ outcome }) => outcome)).toEqual(["held", "held", "missed", "unknown"]);
    expect(result.thresholds[3]?.reason).toBe("p99 needs 1000 requests, there were 100");
  });

  it("are read with their units", () => {
    expect(read("http.p95<200ms")).toMatchObject({ of: "latency", at: 0.95, limit: 200 });
    expect(read("[GET /a] service.p99.9 <= 1.5s")).toMatchObject({ endpoint: "GET /a", of: "service", at: 0.999, limit: 1500 });
    expect(read("errors < 1%")).toMatchObject({ of: "errors", limit: 0.01 });
    for (const wrong of ["p95 < 200", "p95 200ms", "errors < 1ms", "rate > 5%", "latency < 1s", ""])
      expect([wrong, typeof thresholdOf(wrong)]).toEqual([wrong, "string"]);
  });
});
