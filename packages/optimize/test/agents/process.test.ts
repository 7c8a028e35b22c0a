import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { agent, observed, plain } from "./observed.ts";

const node = process.execPath;
const program = (code: string): string[] => [node, "-e", code];

describe("an observed command", () => {
  it.each([
    ["its own exit code", "process.exitCode = 7", 7],
    ["the code of process.exit", "process.exit(9)", 9],
    ["the code of an error that nobody catches", "throw new Error('x')", 1],
    ["128 + the signal that ended it", "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)", 143],
    ["the same when it is killed", "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 5000)", 137],
    [
      "what its own handler decides",
      "process.on('SIGTERM', () => process.exit(5)); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)",
      5,
    ],
  ])("ends with %s", async (_, code, expected) => {
    const { exitCode, set } = await observed(program(code));
    expect(exitCode).toBe(expected);
    expect(set.environment.threads).toBe(1);
  });

  it("is told apart from one that cannot be started", async () => {
    await expect(observed(["./no-such-program"])).rejects.toMatchObject({
      code: "not-started",
      message: expect.stringContaining("there is no such program") as string,
    });
  });

  it("writes its records before a signal ends it, and says so when it could not", async () => {
    const ended = await observed(program("setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50); setTimeout(() => {}, 5000)"));
    expect(ended.set.failures).toEqual([]);
    const killed = await observed(program("setTimeout(() => process.kill(process.pid, 'SIGKILL'), 400); setTimeout(() => {}, 5000)"));
    expect(killed.set.failures.join()).toContain("ended without a last word");
  });

  it("keeps the user's own NODE_OPTIONS, and blanks in paths", async () => {
    const folder = temporaryFolder({ "with blank/own.cjs": "globalThis.own = true;" });
    const { exitCode } = await observed(program("process.exit(globalThis.own === true && process.execArgv[0] === '-e' ? 3 : 4)"), {
      env: { NODE_OPTIONS: `--require "${join(folder, "with blank/own.cjs")}" --no-warnings` },
    });
    expect(exitCode).toBe(3);
  });

  it("sees children, workers and programs that begin as modules", async () => {
    const folder = temporaryFolder({
      "main.mjs": `import { fork } from "node:child_process"; import { Worker } from "node:worker_threads"; import http from "node:http"; import { get } from "node:http";
fork(new URL("./child.cjs", import.meta.url).pathname);
new Worker(new URL("./worker.cjs", import.meta.url));
const server = http.createServer((q, s) => s.end("x")).listen(0, () => get({ port: server.address().port, path: "/module/1" }, (a) => a.resume().on("end", () => server.close())));`,
      "child.cjs": `const s = require("http").createServer((q, a) => a.end()).listen(0, () => fetch("http://127.0.0.1:" + s.address().port + "/child").then((r) => r.text()).then(() => { s.close(); s.closeAllConnections(); }));`,
      "worker.cjs": `const s = require("http").createServer((q, a) => a.end()).listen(0, () => fetch("http://127.0.0.1:" + s.address().port + "/worker").then((r) => r.text()).then(() => { s.close(); s.closeAllConnections(); }));`,
    });
    const { of, set } = await observed([node, "main.mjs"], { cwd: folder });
    expect(set.environment.threads).toBe(3);
    expect(
      of("request")
        .map(({ route }) => route)
        .sort(),
    ).toEqual(["GET /child", "GET /module/:id", "GET /worker"]);
  });

  it("finds nothing changed in its process", async () => {
    const code = `const http = require("http"); const e = new Error("x");
console.log(JSON.stringify([process.listenerCount("SIGTERM"), process.listeners("SIGINT").length, http.request.name, http.get.length, fetch.name, Error.stackTraceLimit, typeof Error.prepareStackTrace, process.execArgv, e.stack.includes("optimize"), Object.keys(globalThis).length]));`;
    const before = await plain(program(code));
    const after = await plain([node, "--require", agent, "-e", code], process.cwd(), {
      OPTIMIZE_AGENT: JSON.stringify({ out: temporaryFolder(), salt: "s", cpu: true, spans: true }),
    });
    expect(JSON.parse(after.out).with(7, [])).toEqual(JSON.parse(before.out).with(7, []));
  });

  it("keeps what was gathered when its folder is removed", async () => {
    const raw = join(temporaryFolder(), "raw");
    const work = `const http = require("http"); const server = http.createServer((_, response) => response.end()).listen(0, "127.0.0.1", async () => {
  const ask = () => new Promise((resolve) => http.get({ port: server.address().port, path: "/v1", agent: false }, (answer) => answer.resume().on("end", resolve)));
  await ask(); await new Promise((resolve) => setTimeout(resolve, 400));
  require("fs").rmSync(${JSON.stringify(raw)}, { recursive: true });
  for (let n = 0; n < 3; n += 1) await ask();
  await new Promise((resolve) => setTimeout(resolve, 600));
  await ask(); server.close();
});`;
    const gone = await observed(program(work), { raw });
    expect(gone.exitCode).toBe(0);
    expect(gone.set.failures).toEqual([expect.stringContaining("were removed while it ran")]);
    expect(gone.of("request").map(({ route, count }) => [route, count])).toEqual([["GET /v1", 4]]);
  });

  it("may leave torn records and profiles: they are counted and left out", async () => {
    const seen = await observed(program("setTimeout(() => {}, 100)"));
    expect(seen.set.failures).toEqual([]);
    const raw = join(temporaryFolder(), "raw");
    mkdirSync(raw);
    writeFileSync(
      join(raw, "1-0-a.ndjson"),
      `["process",{"pid":1,"thread":0,"node":"20","platform":"linux","cwd":"/","argv":[],"offset":0,"starter":false,"agent":"/a"}]\n["q",1,2`,
    );
    writeFileSync(join(raw, "1-0-a.1.cpuprofile"), '{"nodes":[{"id"');
    const torn = await observed(program(""), { raw });
    expect(torn.set.failures.join("\n")).toMatch(/torn record[\s\S]*CPU profile of process 1 is cut off[\s\S]*process 1 ended/);
    rmSync(raw, { recursive: true });
  });
});
