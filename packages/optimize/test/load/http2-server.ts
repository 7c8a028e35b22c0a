/** Node's server for HTTP/2, which answers what a number says, and the pools that ask it. */
import type { Http2Server, ServerHttp2Stream } from "node:http2";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { Http2Pool } from "../../src/load/http2/pool.ts";
import { below, randomFrom, type Random } from "../../src/model/random.ts";
import type { Outcome } from "./exchanges.ts";

const opened: { close: () => unknown }[] = [];
export function closeAll(): void {
  for (const one of opened.splice(0)) one.close();
}

export async function portOf(server: Server | Http2Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

export function poolTo(port: number, connections = 8, timeout = 5000): Http2Pool {
  const origin = { protocol: "http:", host: "127.0.0.1", port, addresses: ["127.0.0.1"] } as const;
  const pool = new Http2Pool(origin, { connections, timeout, insecure: false });
  const timer = setInterval(() => pool.sweep(performance.now()), 50);
  opened.push({ close: () => (clearInterval(timer), pool.close(performance.now())) });
  return pool;
}

/** Hands bytes from the server on in pieces of random sizes, so that no frame comes as it was written. */
export function inPieces(port: number, random: Random): Promise<number> {
  return portOf(
    createServer((socket) => {
      const upstream = connect(port, "127.0.0.1");
      const pipe = (from: Socket, to: Socket, sizes: () => number): void => {
        from.on("data", (data: Buffer) => {
          for (let at = 0; at < data.length;) {
            const size = sizes();
            to.write(data.subarray(at, at + size));
            at += size;
          }
        });
        from.on("close", () => to.destroy());
        from.on("error", () => to.destroy());
      };
      socket.setNoDelay(true);
      pipe(upstream, socket, () => 1 + below(random, random() % 4 === 0 ? 3 : 3000));
      pipe(socket, upstream, () => 1e9);
    }),
  );
}

export const bytesOf = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => below(random, 256)));
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;
export const visible = (random: Random, length: number): string =>
  String.fromCharCode(
    ...Array.from({ length }, () => pick(random, [below(random, 94) + 33, below(random, 94) + 33, below(random, 95) + 161])),
  );

interface Planned {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly pieces: number;
  readonly trailer: boolean;
  readonly hints: boolean;
  readonly lengthSaid: boolean;
}

/** What the server answers to a number: both sides compute it. */
export function planned(number: number): Planned {
  const random = randomFrom(number);
  const status = pick(random, [200, 200, 200, 201, 404, 500, 204, 304]);
  const fields = Object.fromEntries(
    Array.from({ length: below(random, 8) }, (_, place) => [
      `x-${"abcdefgh"[place]}${below(random, 3)}`,
      visible(random, 1 + below(random, random() % 10 === 0 ? 3000 : 60)),
    ]),
  );
  const size = status === 204 || status === 304 ? 0 : pick(random, [0, 1, 20, below(random, 2000), below(random, 100_000)]);
  return {
    status,
    fields,
    body: bytesOf(random, size),
    pieces: 1 + below(random, 4),
    trailer: size > 0 && random() % 3 === 0,
    hints: random() % 5 === 0,
    lengthSaid: random() % 2 === 0,
  };
}

export function answer(stream: ServerHttp2Stream, number: number, isHead: boolean): void {
  const { status, fields, body, pieces, trailer, hints, lengthSaid } = planned(number);
  stream.on("error", () => {});
  if (hints) stream.additionalHeaders({ ":status": 103, link: "</a>" });
  const headers = {
    ":status": status,
    "content-type": "application/x",
    ...fields,
    ...(lengthSaid && status < 204 ? { "content-length": body.length } : {}),
  };
  if (isHead || body.length === 0) return stream.respond(headers, { endStream: true });
  stream.respond(headers, { waitForTrailers: trailer });
  if (trailer) stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "1" }));
  const size = Math.ceil(body.length / pieces);
  for (let at = 0; at < body.length; at += size) stream.write(body.subarray(at, at + size));
  stream.end();
}

export const differences = (number: number, isHead: boolean, outcome: Outcome): string[] => {
  const { status, fields, body } = planned(number);
  if (!("status" in outcome)) return [`${number}: ${outcome.kind} ${outcome.detail}`];
  const found: string[] = [];
  if (outcome.status !== status) found.push(`${number}: status ${outcome.status}, not ${status}`);
  if (!outcome.body.equals(isHead ? Buffer.alloc(0) : body)) found.push(`${number}: a body of ${outcome.body.length}, not ${body.length}`);
  for (const [name, value] of Object.entries(fields)) {
    if (outcome.field(name).join() !== value) found.push(`${number}: ${name}`);
  }
  return found;
};
