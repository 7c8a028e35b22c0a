import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

it("answers are counted in bytes on the wire, each alone on a connection that carries many", async () => {
  const cwd = temporaryFolder({
    "main.cjs": `const http = require("http"), zlib = require("zlib"); const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((request, response) => {
  const body = Buffer.alloc(50000, "a");
  if (request.url === "/plain") return response.end(body);
  response.setHeader("content-encoding", "gzip"); response.end(zlib.gzipSync(body));
}).listen(0, "127.0.0.1", async () => {
  for (const path of ["/plain", "/packed", "/plain", "/packed"]) await new Promise((resolve) => http.get({ port: server.address().port, path, agent }, (answer) => answer.resume().on("end", resolve)));
  agent.destroy(); server.close();
});`,
  });
  const { of } = await observed([process.execPath, "main.cjs"], { cwd });
  const sent = Object.fromEntries(of("request").map(({ route, sent: bytes }) => [route, bytes]));
  expect(sent["GET /plain"]).toMatchObject({ n: 2 });
  for (const bytes of [sent["GET /plain"]?.min, sent["GET /plain"]?.max]) expect(Math.floor((bytes ?? 0) / 1000)).toBe(50);
  expect(sent["GET /packed"]?.max).toBeLessThan(1000);
});
