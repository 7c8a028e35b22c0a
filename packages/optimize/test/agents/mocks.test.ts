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

it("functions that a test puts others in the place of are not called by us, and are no danger when they throw", async () => {
  const cwd = temporaryFolder({
    "main.cjs": `const http = require("http"); const { stringify } = JSON; let calls = 0;
const server = http.createServer((_, response) => response.end()).listen(0, "127.0.0.1", async () => {
  const ask = () => new Promise((resolve) => http.get({ port: server.address().port, path: "/v1", agent: false }, (answer) => answer.resume().on("end", resolve)));
  await ask();
  const before = [JSON.stringify, process.memoryUsage, process.cpuUsage];
  JSON.stringify = process.memoryUsage = process.cpuUsage = () => { calls += 1; throw new Error("ours"); };
  for (let n = 0; n < 3; n += 1) await ask();
  let kept = []; for (let n = 0; n < 200; n += 1) kept.push(Buffer.alloc(1 << 16).toString("latin1").split("")); kept = undefined;
  await new Promise((resolve) => setTimeout(resolve, 400));
  [JSON.stringify, process.memoryUsage, process.cpuUsage] = before;
  server.close();
  process.exitCode = calls === 0 ? 3 : 4;
});`,
  });
  const { of, set, exitCode } = await observed([process.execPath, "main.cjs"], { cwd });
  expect([exitCode, set.failures]).toEqual([3, []]);
  expect(of("request").map(({ route, count }) => [route, count])).toEqual([["GET /v1", 4]]);
});

it("a program that breaks what everybody stands on is broken by itself alone", async () => {
  const cwd = temporaryFolder({
    "main.cjs": `const { get } = Map.prototype;
setTimeout(() => { Map.prototype.get = () => { throw new Error("broken"); };
  let kept = []; for (let n = 0; n < 200; n += 1) kept.push(Buffer.alloc(1 << 16).toString("latin1").split("")); kept = undefined; }, 100);
setTimeout(() => { Map.prototype.get = get; process.exitCode = 3; }, 500);`,
  });
  const { exitCode } = await observed([process.execPath, "main.cjs"], { cwd });
  expect(exitCode).toBe(3);
});
