/** Answers at once, and once stands still: tells from when to when, in milliseconds since the first request. */
import { createServer } from "node:http";

const [port, after, length] = process.argv.slice(2).map(Number);
let first = 0;
let done = false;
createServer((request, response) => {
  if (first === 0 && request.url !== "/warm") first = performance.now();
  response.setHeader("content-type", "application/json");
  response.end('{"hello":"world"}');
}).listen(port, "127.0.0.1");
setInterval(() => {
  const now = performance.now();
  if (first === 0 || done || now - first < (after ?? 0)) return;
  done = true;
  while (performance.now() - now < (length ?? 0));
  console.log(JSON.stringify({ from: now - first, to: performance.now() - first }));
}, 1);
