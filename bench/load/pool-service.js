/** A service with a pool of connections to a database, which takes the same time for each statement; both speak real TCP. */
import { createServer as createHttp } from "node:http";
import { connect, createServer } from "node:net";

const [port, size = 1, milliseconds = 10] = process.argv.slice(2).map(Number);
const database = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", () => setTimeout(() => socket.write("row\n"), milliseconds));
});
database.listen(0, "127.0.0.1", () => {
  const address = database.address();
  const at = typeof address === "object" && address !== null ? address.port : 0;
  /** @type {import("node:net").Socket[]} */
  const idle = Array.from({ length: size }, () => connect(at, "127.0.0.1").setNoDelay(true));
  /** @type {((socket: import("node:net").Socket) => void)[]} */
  const waiting = [];
  createHttp((_, response) => {
    const use = (/** @type {import("node:net").Socket} */ socket) => {
      socket.once("data", () => {
        const next = waiting.shift();
        if (next === undefined) idle.push(socket);
        else next(socket);
        response.setHeader("content-type", "application/json");
        response.end('{"row":1}');
      });
      socket.write("select\n");
    };
    const socket = idle.pop();
    if (socket === undefined) waiting.push(use);
    else use(socket);
  }).listen(port, "127.0.0.1");
});
