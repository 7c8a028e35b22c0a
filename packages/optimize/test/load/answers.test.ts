/** Answers of every form that HTTP/1.1 has: each is counted once, with its body, and what is wrong with it. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../src/load/conclude.ts";
import { kindOfError } from "../../src/load/failures.ts";
import type { Executor, Plan } from "../../src/load/plan.ts";
import { runLoad, type LoadOptions } from "../../src/load/run.ts";
import type { LoadResult } from "../../src/model/load.ts";
import { withStandard } from "../../src/load/thresholds.ts";
import { planFor, service, type Answer } from "./server.ts";

const iterations = (count: number, users = 4): Executor => ({ kind: "iterations", users, iterations: count, seconds: 20 });
const run = async (plan: Plan, options: Partial<LoadOptions> = {}): Promise<LoadResult> =>
  runLoad(plan, { target: "test", model: "", thresholds: withStandard([]), workers: 1, ...options });

describe("bodies of sampled requests", () => {
  it("are weighed as they were sent, and as they were before", async () => {
    const text = JSON.stringify({ text: "a".repeat(5000) });
    const packed = { gzip: gzipSync(text), br: brotliCompressSync(text), plain: Buffer.from(text), unknown: Buffer.from("{}") };
    const steps = Object.keys(packed).map((name) => ({ request: `GET /${name}` }));
    const answer: Answer = ({ url }, response) => {
      const coding = (url ?? "").slice(1) as keyof typeof packed;
      response.writeHead(200, { "content-type": "application/json", ...(coding === "plain" ? {} : { "content-encoding": coding }) });
      response.end(packed[coding]);
    };
    const target = await service(answer);
    const { plan } = await planFor({ target: target.url, steps }, iterations(3, 1));
    const result = await run({ ...plan, traced: 1_000_000 });
    await target.close();
    expect(result.total.failed).toBe(0);
    const found = result.endpoints.map(({ name, weighed }) => [
      name,
      weighed && weighed.wire / weighed.count,
      weighed && weighed.raw / weighed.count,
    ]);
    expect(found).toEqual([
      ["GET /gzip", packed.gzip.length, text.length],
      ["GET /br", packed.br.length, text.length],
      ["GET /plain", text.length, text.length],
      ["GET /unknown", undefined, undefined],
    ]);
  });
});

describe("an answer that", () => {
  /** Answers every request with these bytes, in pieces of one byte where that is asked for, and closes. */
  async function answeredBy(text: string, { close = false, bytewise = false, method = "GET" } = {}): Promise<LoadResult> {
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("data", () => {
        if (bytewise) for (const byte of text) socket.write(byte);
        else socket.write(text);
        if (close) socket.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const scenario = {
      target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      steps: [{ request: `${method} /`, expect: { body: "any" } }],
    };
    const { plan } = await planFor(scenario, iterations(20, 2));
    const result = await run({ ...plan, timeout: 3000 });
    server.close();
    return result;
  }
  const of = ({ total, generator }: LoadResult): unknown[] => [total.requests, total.failed, total.bodyBytes, generator.surplus];

  it.each<[string, string, Parameters<typeof answeredBy>[1], unknown[]]>([
    ["ends with the connection", "HTTP/1.1 200 OK\r\n\r\nhello", { close: true }, [20, 0, 100, 0]],
    [
      "comes after hints",
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
      {},
      [20, 0, 40, 0],
    ],
    [
      "comes after hints, byte by byte",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
      { bytewise: true },
      [20, 0, 40, 0],
    ],
    ["has a length and no body, to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", { method: "HEAD" }, [20, 0, 0, 0]],
    ["has a length and no body, with 304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", {}, [20, 20, 0, 0]],
    ["has no body, with 204", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", {}, [20, 0, 0, 0]],
    [
      "is chunked, byte by byte",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n1\r\nd\r\n0\r\nX: y\r\n\r\n",
      { bytewise: true },
      [20, 0, 80, 0],
    ],
    ["breaks off in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", { close: true }, [20, 20, 0, 0]],
    ["breaks off before its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", { close: true }, [20, 20, 0, 0]],
    ["is longer than it says", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi!", {}, [20, 0, 40, 20]],
  ])("%s is counted once, with its body", async (_name, text, how, counts) => {
    expect(of(await answeredBy(text, how))).toEqual(counts);
  });

  it("has its content type in other words, or a picture of another kind, is no wrong body", async () => {
    let count = 0;
    const types = ["application/json", "application/json; charset=utf-8", "Application/JSON"];
    const pictures = ["image/png", "image/jpeg", "image/webp"];
    const answer: Answer = ({ url }, response) =>
      void response.writeHead(200, { "content-type": (url === "/a" ? types : pictures)[count++ % 3] }).end("{}");
    for (const path of ["/a", "/b"]) {
      const target = await service(answer);
      const { plan } = await planFor({ target: target.url, steps: [{ request: `GET ${path}` }] }, iterations(9, 1));
      const result = await run(plan);
      await target.close();
      expect([path, result.total.failures]).toEqual([path, {}]);
    }
  });
});

describe("what never left this machine", () => {
  const missed = { threshold: "errors < 1%", outcome: "missed", value: 0.5 } as const;
  const held = { threshold: "errors < 1%", outcome: "held", value: 0 } as const;
  it("is a failure, and none of the target", () => {
    for (const code of ["EMFILE", "EADDRNOTAVAIL"]) expect(kindOfError(Object.assign(new Error(code), { code }))).toBe("not sent");
    const fault = ["50 of 100 requests of the schedule were not sent, over 1 %"];
    expect(verdictOf({ kind: undefined }, [missed], fault, 100, [held])).toBe("inconclusive");
    expect(verdictOf({ kind: undefined }, [missed], fault, 100, [missed])).toBe("failed");
    expect(verdictOf({ kind: undefined }, [missed], [], 100, [held])).toBe("failed");
  });
});
