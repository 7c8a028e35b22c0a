import { createServer } from "node:net";
import { listen } from "./listen.js";
import { customers } from "./shop.js";

/** Redis' protocol (RESP 2) over the names of the shop's customers: `customer:1` is `customer 1`. */
export async function startRedis() {
  const values = new Map(customers.map(({ id, name }) => [`customer:${id}`, name]));
  const commands = {
    GET: ([key]) => values.get(key) ?? null,
    SET: ([key, value]) => (values.set(key, value), { simple: "OK" }),
    MGET: (keys) => keys.map((key) => values.get(key) ?? null),
    INFO: () => "redis_version:7.0.0\r\nloading:0\r\n",
    PING: () => ({ simple: "PONG" }),
    HELLO: () => ({ error: "ERR unknown command" }),
  };
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let command = take(waiting); command !== undefined; command = take(waiting)) {
        waiting = waiting.subarray(command.length);
        const [name, ...args] = command.words;
        const answer = commands[name.toUpperCase()];
        socket.write(encode(answer === undefined ? { simple: "OK" } : answer(args)));
        if (name.toUpperCase() === "QUIT") socket.end();
      }
    });
  });
  return `redis://127.0.0.1:${await listen(server)}`;
}

/** One whole command at the start of the buffer: `*2 $3 GET $1 a`, each part ended by CRLF. */
function take(buffer) {
  let at = 0;
  const line = () => {
    const end = buffer.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const text = buffer.toString("utf8", at, end);
    at = end + 2;
    return text;
  };
  const head = line();
  if (head === undefined) return undefined;
  const words = [];
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

function encode(reply) {
  if (reply === null) return "$-1\r\n";
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(encode).join("")}`;
  if (typeof reply === "string") return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return reply.error === undefined ? `+${reply.simple}\r\n` : `-${reply.error}\r\n`;
}
