/** Protocols beside HTTP/1.1, and who may be loaded at all. */
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createHash } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import type { Executor, Plan } from "../../src/load/plan.ts";
import { runLoad } from "../../src/load/run.ts";
import { documentShape } from "../../src/load/scenario/document.ts";
import { planOf } from "../../src/load/scenario/plan.ts";
import { withStandard } from "../../src/load/thresholds.ts";
import type { LoadResult } from "../../src/model/load.ts";
import { json, planFor, service } from "./server.ts";

const iterations = (count: number, users: number): Executor => ({ kind: "iterations", users, iterations: count, seconds: 20 });
const run = async (plan: Plan): Promise<LoadResult> =>
  runLoad(plan, { target: "test", model: "", thresholds: withStandard([]), workers: 1 });
const one = { steps: [{ request: "GET /" }] };

describe("a conversation", () => {
  it("is one sample from its beginning to the last awaited message", async () => {
    const server = createHttpServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\ndata: 2\n\n");
      request.on("close", () => response.end());
    });
    new WebSocketServer({ server }).on("connection", (socket) =>
      socket.on("message", (message: Buffer) => socket.send(`echo ${message.toString()}`)),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const scenarios = {
      socket: { steps: [{ request: "GET /socket", websocket: { send: ["hello {{iteration}}", "again"], messages: 2 } }] },
      events: { steps: [{ request: "GET /events", sse: { messages: 2 } }] },
    };
    const { plan } = await planFor(
      { target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, scenarios, timeout: "5s" },
      iterations(10, 1),
    );
    const result = await run(plan);
    server.closeAllConnections();
    server.close();
    expect([result.total.requests, result.total.failures]).toEqual([10, {}]);
  });
});

describe("HTTP/2", () => {
  it("is spoken with the same scenario and counted in the same way", async () => {
    let count = 0;
    const server = createHttp2Server((_, response) => {
      response.writeHead(++count % 5 === 0 ? 500 : 200, { "content-type": "application/json" });
      response.end('{"id":7}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const document = {
      target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      protocol: "2",
      steps: [
        { request: "GET /a", extract: { id: "$.id" } },
        { request: "POST /b/{{id}}", json: { a: 1 } },
      ],
    };
    const { plan } = await planFor(document, iterations(20, 4));
    const result = await run(plan);
    server.close();
    expect(result.total.failures).toEqual({ status: result.total.statuses["500"] });
    expect(result.total.requests).toBe(count);
  });

  it("fails clearly where nobody speaks it", async () => {
    const target = await service((_, response) => json(response, {}));
    const { plan } = await planFor({ target: target.url, protocol: "2", ...one }, iterations(2, 1));
    const result = await run(plan);
    await target.close();
    expect(Object.keys(result.total.failures).every((kind) => kind === "protocol" || kind === "reset")).toBe(true);
    expect(result.total.failed).toBe(2);
  });
});

describe("a server that does not say goodbye", () => {
  it("is not waited for: its WebSocket is closed all the same", async () => {
    const gone: Promise<unknown>[] = [];
    const server = createServer((socket) => {
      gone.push(new Promise((resolve) => socket.once("close", resolve)));
      socket.on("error", () => {});
      // It answers the handshake, sends "hi", and nothing more: no close frame either.
      socket.once("data", (data: Buffer) => {
        const key = /Sec-WebSocket-Key: (.*)\r\n/i.exec(data.toString())?.[1]?.trim() ?? "";
        const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        socket.write(Buffer.from([0x81, 2, 104, 105]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { plan } = await planFor({ target, steps: [{ request: "GET /", websocket: { messages: 1 } }] }, iterations(2, 1));
    const { total } = await run(plan);
    expect([total.requests, total.failed]).toEqual([2, 0]);
    await Promise.all(gone);
    server.close();
    // By itself the library gives up after half a minute.
  }, 15_000);
});

describe("what may be loaded", () => {
  const planned = (target: string, hosts: readonly string[], request = "GET /", writes = false) =>
    planOf({
      document: documentShape.parse({ target, steps: [{ request }] }),
      path: ".",
      shown: "it",
      permissions: { hosts, writes },
      env: {},
      transport: { insecure: false },
      limits: { mostRequests: 1 },
    });

  it("is this machine, and hosts that were allowed by name", async () => {
    await expect(planned("http://10.0.0.1/", [])).rejects.toThrow("10.0.0.1 is not this machine");
    await expect(planned("http://169.254.169.254/", ["10.0.0.1"])).rejects.toThrow("is not this machine");
    expect((await planned("http://10.0.0.1/", ["10.0.0.1"])).plan.origins[0]?.addresses).toEqual(["10.0.0.1"]);
    for (const own of ["http://127.1.2.3:1/", "http://[::1]:1/", "http://localhost:1/"])
      expect((await planned(own, [])).plan.origins.length).toBe(1);
    await expect(planned("http://127.0.0.1:1", [], "GET http://10.0.0.1/x")).rejects.toThrow("is not this machine");
    await expect(planned("http://user:word@127.0.0.1/", [])).rejects.toThrow("password");
  });

  it("is read only, unless writes were allowed", async () => {
    await expect(planned("http://127.0.0.1:1", [], "DELETE /orders")).rejects.toThrow("--allow-writes");
    expect((await planned("http://127.0.0.1:1", [], "DELETE /orders", true)).plan.scenarios.length).toBe(1);
  });
});
