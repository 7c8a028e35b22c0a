/** Bytes of HTTP/2 cut anywhere, and broken in every way, beside what Node's client makes of them. */
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { connect, createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { frameType, preface } from "../../src/load/http2/frames.ts";
import { Http2Pool } from "../../src/load/http2/pool.ts";
import { below, randomFrom } from "../../src/model/random.ts";
import { ask, told, type Outcome } from "./exchanges.ts";
import { answer, closeAll, pick, planned, poolTo, portOf } from "./http2-server.ts";

afterEach(closeAll);

/** Bytes that Node's server sends, before and after it has got the request. */
async function recorded(number: number): Promise<readonly [greeting: Buffer, rest: Buffer]> {
  const server = createHttp2Server();
  server.on("stream", (stream) => answer(stream, number, false));
  const port = await portOf(server);
  const parts: Buffer[] = [];
  const proxy = createServer((socket) => {
    const upstream = connect(port, "127.0.0.1");
    upstream.on("data", (data: Buffer) => (parts.push(Buffer.from(data)), socket.write(data)));
    socket.pipe(upstream);
    socket.on("error", () => {});
  });
  await ask(poolTo(await portOf(proxy), 1), {});
  return [parts[0] as Buffer, Buffer.concat(parts.slice(1))];
}

/** Whether a request is among what a client has sent. */
function holdsHeaders(bytes: Buffer): boolean {
  for (let at = preface.length; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3))
    if (bytes[at + 3] === frameType.headers) return true;
  return false;
}

/** A server that plays bytes whatever it is sent, cut where it is told to, and then ends. */
function player(): { readonly server: Server; play: readonly (readonly Buffer[])[] } {
  const state = {
    play: [] as readonly (readonly Buffer[])[],
    server: createServer((socket) => {
      socket.setNoDelay(true);
      socket.on("error", () => {});
      let seen = Buffer.alloc(0);
      let answered = false;
      // Whoever cannot make anything of the beginning may wait for more.
      setTimeout(() => answered || socket.end(), 1000).unref();
      for (const piece of state.play[0] ?? []) socket.write(piece);
      socket.on("data", (data: Buffer) => {
        seen = Buffer.concat([seen, data]);
        if (!holdsHeaders(seen) || answered) return;
        answered = true;
        const [first, ...others] = state.play[1] ?? [];
        if (first !== undefined) socket.write(first);
        setImmediate(() => {
          for (const piece of others) socket.write(piece);
          socket.end();
        });
      });
    }),
  };
  return state;
}

async function ownReads(port: number): Promise<Outcome> {
  const origin = { protocol: "http:", host: "127.0.0.1", port, addresses: ["127.0.0.1"] } as const;
  const pool = new Http2Pool(origin, { connections: 1, timeout: 4000, insecure: false });
  const timer = setInterval(() => pool.sweep(performance.now()), 50);
  const outcome = await ask(pool, {}, false);
  clearInterval(timer);
  pool.close(performance.now());
  return outcome;
}

/** Node leaves fields out that are malformed; RFC 9113 (8.2.1) asks to refuse the response. */
const isStricter = (outcome: Outcome): boolean => "detail" in outcome && outcome.detail.endsWith("header field");

function nodeReads(port: number, patience = 4000): Promise<string> {
  return new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`, { settings: { enablePush: false } });
    const refuse = (): void => (session.destroy(), resolve("refused"));
    session.on("error", refuse);
    // The end of the connection may be told before the end of the response that came with it.
    session.on("close", () => setTimeout(refuse, 20));
    session.setTimeout(patience, refuse);
    const request = session.request({ ":path": "/" });
    const parts: Buffer[] = [];
    let status = 0;
    request.on("response", (headers) => (status = headers[":status"] ?? 0));
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("error", refuse);
    request.on("end", () => {
      // Node says that a stream has ended which was only cut off; its code says how it ended.
      setImmediate(() => {
        resolve(
          request.rstCode === 0 && status > 0 && !request.aborted
            ? `${status} ${JSON.stringify(Buffer.concat(parts).toString("latin1"))}`
            : "refused",
        );
        session.destroy();
      });
    });
    request.on("close", () => setTimeout(refuse, 20));
  });
}

describe("bytes of HTTP/2", () => {
  it("are the same cut at every byte", async () => {
    const number = 3;
    const [greeting, rest] = await recorded(number);
    const one = player();
    const port = await portOf(one.server);
    const { status, body } = planned(number);
    const expected = `${status} ${JSON.stringify(body.toString("latin1"))}`;
    const cuts = Array.from({ length: Math.min(rest.length, 700) - 1 }, (_, place) => place + 1);
    for (const cut of cuts) {
      const at = Math.min(greeting.length - 1, cut);
      one.play = [
        [greeting.subarray(0, at), greeting.subarray(at)],
        [rest.subarray(0, cut), rest.subarray(cut)],
      ];
      expect(told(await ownReads(port)), `cut at ${cut}`).toBe(expected);
    }
  });

  it("are read by Node's client in this test", async () => {
    const one = player();
    const port = await portOf(one.server);
    for (const number of [1, 3, 5, 6, 8]) {
      one.play = (await recorded(number)).map((part) => [part]);
      expect([number, await nodeReads(port)]).toEqual([number, told(await ownReads(port))]);
      expect(await nodeReads(port)).not.toBe("refused");
    }
  });

  it("that are broken are refused, or read as Node reads them; nothing hangs", async () => {
    const random = randomFrom(21);
    const one = player();
    const port = await portOf(one.server);
    const found: string[] = [];
    const samples = await Promise.all([1, 3, 5, 6, 8].map((number) => recorded(number)));
    for (let round = 0; round < 120; round++) {
      const [greeting, rest] = pick(random, samples).map((part) => Buffer.from(part)) as [Buffer, Buffer];
      // Most of the bytes are a body: what is broken is mostly at the beginning.
      const part = random() % 20 === 0 ? greeting : rest.subarray(0, Math.min(rest.length, 400));
      for (let times = 1 + below(random, 2); times > 0; times--) part[below(random, part.length)] = below(random, 256);
      const end = random() % 10 === 0 ? below(random, rest.length) : rest.length;
      one.play = [[greeting], [rest.subarray(0, end)]];
      const own = await ownReads(port);
      // Node's client waits for nothing after some errors.
      const node = await nodeReads(port, "status" in own ? 4000 : 300);
      if (told(own) !== node && !isStricter(own)) found.push(`${round}: ${told(own).slice(0, 60)} | ${node.slice(0, 60)}`);
    }
    expect(found).toEqual([]);
  });
});
