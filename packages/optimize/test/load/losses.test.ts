/** A server that loses connections at every point: whatever it does, each request is counted once, and the counts of both sides agree. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, it } from "vitest";
import { timeless } from "../../src/load/failures.ts";
import { runLoad } from "../../src/load/run.ts";
import { withStandard } from "../../src/load/thresholds.ts";
import { fraction, randomFrom } from "../../src/model/random.ts";
import { planFor } from "./server.ts";

const head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
const plain = `${head}Content-Length: 10\r\n\r\n0123456789`;
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n`;

/** What may be done with a request: whole answers, answers in pieces, broken ones, none. `at` is where a piece ends. */
const ways: readonly ((socket: Socket, at: number) => void)[] = [
  (socket) => socket.write(plain),
  (socket) => socket.write(chunked),
  (socket, at) => {
    socket.write(plain.slice(0, at));
    setImmediate(() => socket.write(plain.slice(at)));
  },
  (socket, at) => {
    socket.write(chunked.slice(0, at));
    setImmediate(() => socket.write(chunked.slice(at)));
  },
  (socket) => socket.end(plain),
  (socket) => socket.end(`${head}\r\n0123456789`),
  (socket) => socket.write(`${plain}more`),
  (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${plain}`),
  (socket) => socket.write("HTTP/1.1 503 No\r\nContent-Length: 1\r\n\r\nx"),
  (socket) => socket.destroy(),
  (socket) => socket.resetAndDestroy(),
  (socket, at) => {
    socket.write(plain.slice(0, at));
    socket.destroy();
  },
  (socket, at) => socket.end(chunked.slice(0, at)),
];

it.each([1, 2, 3])("counts add up, and nothing is waited for in vain (%i)", async (seed) => {
  const random = randomFrom(seed);
  let seen = 0;
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    let text = "";
    socket.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        text = text.slice(end + 4);
        seen++;
        ways[Math.floor(fraction(random) * ways.length)]?.(socket, 1 + Math.floor(fraction(random) * (plain.length - 1)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const executor = { kind: "iterations", users: 8, iterations: 400, seconds: 60 } as const;
  const { plan } = await planFor({ target, steps: [{ request: "GET /" }] }, executor);
  const { total, generator } = await runLoad(plan, { target, model: "", thresholds: withStandard([]), workers: 1 });
  server.close();
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, one) => all + one, 0);
  const untimed = sum(Object.fromEntries(Object.entries(total.failures).filter(([kind]) => timeless.has(kind as never))));
  expect(total.requests).toBe(400);
  expect(sum(total.failures)).toBe(total.failed);
  expect(total.failures["timeout"]).toBeUndefined();
  expect(total.statuses["200"]).toBe(total.requests - total.failed);
  expect(total.latency.count).toBe(total.requests - untimed);
  expect(total.bodyBytes).toBe(10 * (total.statuses["200"] ?? 0) + (total.statuses["503"] ?? 0));
  // A request that a closed connection swallowed was seen by nobody, or once more.
  expect(seen).toBeLessThanOrEqual(total.requests + generator.retried);
  expect(seen).toBeGreaterThanOrEqual(total.requests - (total.failures["reset"] ?? 0));
});
