import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

type Reply = string | number | null | Reply[];

/** The few Redis commands that the shop needs, over the real protocol. */
export async function startRedis(): Promise<{ url: string; set: (key: string, value: string) => void; stop: () => Promise<void> }> {
  const values = new Map<string, string>([
    ["term:travel", "3"],
    ["term:poetry", "2"],
  ]);
  const commands: Record<string, (args: string[]) => Reply> = {
    GET: ([key = ""]) => values.get(key) ?? null,
    SET: ([key = "", value = ""]) => (values.set(key, value), "OK"),
    MGET: (keys) => keys.map((key) => values.get(key) ?? null),
    INCR: ([key = ""]) => {
      const next = Number(values.get(key) ?? 0) + 1;
      values.set(key, String(next));
      return next;
    },
    KEYS: ([pattern = ""]) => [...values.keys()].filter((key) => key.startsWith(pattern.replace(/\*$/, ""))),
    ZREVRANGE: () => ["travel", "poetry"],
    INFO: () => "redis_version:7.0.0\r\nloading:0\r\n",
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    let waiting = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let command = take(waiting); command !== undefined; command = take(waiting)) {
        waiting = waiting.subarray(command.length);
        const [name = "", ...args] = command.words;
        socket.write(encode(commands[name.toUpperCase()]?.(args) ?? (name.toUpperCase() in commands ? null : "OK")));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (key, value) => values.set(key, value),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One whole command at the start of the buffer: `*2 $3 GET $1 a`, each part ended by CRLF. */
function take(buffer: Buffer): { words: string[]; length: number } | undefined {
  let at = 0;
  const line = (): string | undefined => {
    const end = buffer.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const text = buffer.toString("utf8", at, end);
    at = end + 2;
    return text;
  };
  const head = line();
  if (head === undefined) return undefined;
  const words: string[] = [];
  for (let left = Number(head.slice(1)); left > 0; left--) {
    const size = line();
    if (size === undefined) return undefined;
    const length = Number(size.slice(1));
    if (buffer.length < at + length + 2) return undefined;
    words.push(buffer.toString("utf8", at, at + length));
    at += length + 2;
  }
  return { words, length: at };
}

function encode(reply: Reply): string {
  if (reply === null) return "$-1\r\n";
  if (typeof reply === "number") return `:${reply}\r\n`;
  if (typeof reply === "string") return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return `*${reply.length}\r\n${reply.map(encode).join("")}`;
}
