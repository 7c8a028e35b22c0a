import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

it("calls that a library answers in the place of Node are counted once, also after it has begun again", async () => {
  const cwd = temporaryFolder({
    "node_modules/nock/package.json": `{"main":"lib/intercept.js"}`,
    // What is not made up goes on to Node, as nock does it.
    "node_modules/nock/lib/intercept.js": `const http = require("http"), { EventEmitter } = require("events"), { Readable } = require("stream"); const real = http.get;
exports.activate = () => { http.get = (url, answered) => {
  if (!String(url).includes("partner")) return real(url, answered);
  const request = Object.assign(new EventEmitter(), { path: new URL(url).pathname, method: "GET", protocol: "http:", getHeader: () => "partner.test" });
  setImmediate(() => { const answer = Object.assign(Readable.from(["ok"]), { statusCode: 200 }); request.res = answer; request.emit("response", answer); answered(answer); });
  return request;
}; };
exports.activate();`,
    "main.cjs": `const http = require("http"), nock = require("nock");
const ask = (url) => new Promise((resolve) => http.get(url, (answer) => answer.resume().on("end", resolve)));
const own = http.createServer((_, response) => response.end("own"));
const server = http.createServer(async (_, response) => {
  for (let id = 1; id <= 3; id += 1) await ask("http://partner.test/ratings/" + id);
  nock.activate();
  await ask("http://partner.test/ratings/4");
  await ask("http://127.0.0.1:" + own.address().port + "/own");
  response.end();
});
own.listen(0, "127.0.0.1", () => server.listen(0, "127.0.0.1", async () => { await ask("http://127.0.0.1:" + server.address().port + "/all"); process.exit(3); }));`,
  });
  const { of, exitCode } = await observed([process.execPath, "main.cjs"], { cwd });
  expect(exitCode).toBe(3);
  expect(of("request").find(({ route }) => route === "GET /all")?.calls).toMatchObject({ n: 1, max: 5 });
});
