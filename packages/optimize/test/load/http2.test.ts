/** The client for HTTP/2 against Node's server, whose bytes come in any pieces. */
import { createServer as createHttp2Server, type ServerOptions } from "node:http2";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestParts } from "../../src/load/exchange.ts";
import { below, randomFrom } from "../../src/model/random.ts";
import { ask, told, type Asked } from "./exchanges.ts";
import { answer, bytesOf, closeAll, differences, inPieces, pick, poolTo, portOf, visible } from "./http2-server.ts";

afterEach(closeAll);

describe("a response over HTTP/2", () => {
  const servers: [string, ServerOptions][] = [
    ["of Node", {}],
    ["with one stream at a time", { settings: { maxConcurrentStreams: 1 } }],
    ["without a table of headers", { settings: { headerTableSize: 0 }, maxDeflateDynamicTableSize: 0 }],
    ["with padded frames", { paddingStrategy: 1 }],
    ["that keeps large headers", { settings: { headerTableSize: 65_536 }, maxDeflateDynamicTableSize: 65_536 }],
  ];
  it.each(servers)("from a server %s is what it sent, however its bytes come", async (_name, options) => {
    const server = createHttp2Server({ maxSendHeaderBlockLength: 1e6, ...options });
    server.on("stream", (stream, headers) => answer(stream, Number(headers[":path"]?.slice(1)), headers[":method"] === "HEAD"));
    const pool = poolTo(await inPieces(await portOf(server), randomFrom(7)), 2);
    const found = await Promise.all(
      Array.from({ length: 200 }, async (_, number) => {
        const method = number % 9 === 0 ? "HEAD" : "GET";
        return differences(number, method === "HEAD", await ask(pool, { method, path: `/${number}` }));
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

describe("a request over HTTP/2", () => {
  it.each([0, 50, 200, 4096, 65_536])("says the same with a table of %i bytes", async (headerTableSize) => {
    const server = createHttp2Server({ settings: { headerTableSize, maxConcurrentStreams: 3 } });
    let count = 0;
    server.on("stream", (stream, headers) => {
      const { ":method": method, ":path": path, ":authority": authority, ...rest } = headers;
      // The table changes while requests are under way.
      if (++count % 20 === 0) stream.session?.settings({ headerTableSize: pick(randomFrom(count), [0, 64, 300, 4096]) });
      const names = Object.keys(rest).filter((name) => !name.startsWith(":"));
      stream.respond({ ":status": 200, "content-type": "application/json" });
      stream.end(JSON.stringify([method, path, authority, names.map((name) => [name, rest[name]])]));
    });
    const pool = poolTo(await portOf(server), 1);
    const random = randomFrom(5);
    const same: RequestParts = {
      method: "GET",
      path: "/same",
      authority: "test",
      headers: [["X-Same", "s".repeat(40)]],
      body: undefined,
      varying: undefined,
    };
    for (let round = 0; round < 30; round++) {
      const asked = Array.from({ length: 5 }, (_, place): Asked => {
        const name = `X-${"abc"[below(random, 3)]}`;
        return {
          path: `/${round}/${place}`,
          headers: [
            [name, visible(random, below(random, 400))],
            ["accept", "*/*"],
          ],
          varying: new Set([":path"]),
        };
      });
      const outcomes = await Promise.all([...asked, same, same].map((one) => ask(pool, one)));
      for (const [place, outcome] of outcomes.entries()) {
        const { path, headers = [] } = asked[place] ?? same;
        const read: unknown = JSON.parse("status" in outcome ? outcome.body.toString("utf8") : "null");
        expect(read).toEqual(["GET", path, "test", headers.map(([name, value]) => [name.toLowerCase(), value])]);
      }
    }
  });

  it("sends a body only as fast as the server takes it", async () => {
    const server = createHttp2Server({ settings: { initialWindowSize: 1000 } });
    server.on("stream", (stream) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => (stream.respond({ ":status": 200 }), stream.end(Buffer.concat(parts))));
      stream.session?.settings({ initialWindowSize: 70_000 });
    });
    const pool = poolTo(await portOf(server), 1);
    const bodies = [0, 1, 1000, 1001, 65_535, 65_536, 300_000].map((size) => bytesOf(randomFrom(size), size));
    const outcomes = await Promise.all(bodies.map((body) => ask(pool, { method: "POST", body })));
    for (const [place, outcome] of outcomes.entries())
      expect("status" in outcome && outcome.body.equals(bodies[place] as Buffer)).toBe(true);
  });

  it("is sent again where the server did not look at it", async () => {
    let [asked, left] = [0, 0];
    const server = createHttp2Server();
    server.on("stream", (stream) => {
      asked++;
      stream.on("error", () => {});
      if (asked % 5 === 0) return stream.close(7);
      // A server that is to be replaced says goodbye and ends what it has.
      if (asked % 37 === 0) {
        left++;
        stream.session?.close();
      }
      stream.respond({ ":status": 200 });
      stream.end("ok");
    });
    const pool = poolTo(await portOf(server), 2);
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(pool, { method: "POST" }, false)));
      expect(outcomes.map(told)).toEqual(outcomes.map(() => '200 "ok"'));
    }
    expect(pool.counts.retried).toBeGreaterThan(0);
    expect(pool.counts.connections).toBeGreaterThanOrEqual(left);
  });

  it("fails when it is reset, cut off, or waits in vain", async () => {
    const server = createHttp2Server();
    server.on("sessionError", () => {});
    server.on("stream", (stream, headers) => {
      stream.on("error", () => {});
      if (headers[":path"] === "/reset") stream.close(2);
      else if (headers[":path"] === "/half") {
        stream.respond({ ":status": 200, "content-length": 10 });
        stream.write("half");
        setTimeout(() => stream.session?.destroy(), 30);
      }
    });
    const pool = poolTo(await portOf(server), 1, 300);
    expect(await ask(pool, { path: "/reset" })).toEqual({ kind: "reset", detail: "the stream was reset: INTERNAL_ERROR" });
    expect(await ask(pool, { path: "/never" })).toMatchObject({ kind: "timeout" });
    expect(await ask(pool, { path: "/half" })).toMatchObject({ kind: "reset" });
    expect(pool.open).toBe(0);
  });
});
