/**
 * Answers at once, and once stands still: tells from when to when, in milliseconds since the first request. On sockets, because what waited
 * during the stall is to be answered in no time that counts: the truth is computed from the schedule alone.
 */
import { createServer } from "node:net";

const [port, after, length] = process.argv.slice(2).map(Number);
const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 17\r\n\r\n{"hello":"world"}';
let first = 0;
let done = false;
createServer({ noDelay: true }, (socket) => {
  let rest = "";
  socket.on("data", (data) => {
    const parts = (rest + data.toString("latin1")).split("\r\n\r\n");
    rest = parts.pop() ?? "";
    if (first === 0 && parts.some((head) => !head.startsWith("GET /warm "))) first = performance.now();
    if (parts.length > 0) socket.write(answer.repeat(parts.length));
  });
  socket.on("error", () => socket.destroy());
}).listen(port, "127.0.0.1", 1024);
setInterval(() => {
  const now = performance.now();
  if (first === 0 || done || now - first < (after ?? 0)) return;
  done = true;
  while (performance.now() - now < (length ?? 0));
  console.log(JSON.stringify({ from: now - first, to: performance.now() - first }));
}, 1);
