import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { attachTo } from "../../src/collectors/attach.ts";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import { temporaryFolder } from "../temporary.ts";
import { agent } from "./observed.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A server that runs already; gives its port. */
async function start(root: string, inspector: number): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [`--inspect-port=${inspector}`, "main.cjs"], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  running.push(child);
  const port = await new Promise<string>((resolve) => child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim())));
  return { child, url: `http://127.0.0.1:${port}` };
}

const server = `const http = require("http"); const database = new (require("better-sqlite3"))();
http.createServer((request, response) => { for (let id = 0; id < 6; id += 1) database.prepare("select name from customers where id = ?").all(id); response.end("ok"); })
  .listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;
// A driver that answers nothing stands for better-sqlite3.
const files = {
  "main.cjs": server,
  "node_modules/better-sqlite3/package.json": `{"main":"lib/database.js"}`,
  "node_modules/better-sqlite3/lib/database.js": `class Statement { constructor(source) { this.source = source; } all() { return []; } }
module.exports = class { prepare(source) { return new Statement(source); } };`,
};

describe.skipIf(process.platform === "win32")("a program that runs already", () => {
  it("is observed while somebody is attached, goes on after it, and has its inspector closed", async () => {
    const root = temporaryFolder(files);
    const raw = join(root, "raw");
    mkdirSync(raw);
    const inspector = await freePort();
    const { child, url } = await start(root, inspector);
    const ask = async (): Promise<string> => (await fetch(`${url}/a`)).text();
    await ask();
    const pid = child.pid ?? 0;
    const ended = await attachTo({ pid, agent, raw, until: async () => void (await ask(), await ask()) });
    expect(await ask()).toBe("ok");
    const rest = { id: "x", root, raw, command: [], startedAt: "", seconds: 1, underLoad: false };
    const { evidence, failures } = evidenceSetOf({ ...rest, ...ended });
    expect(failures).toEqual([]);
    expect(evidence.flatMap((one) => (one.kind === "request" ? [[one.route.split(" ")[0], one.count, one.statements.max]] : []))).toEqual([
      ["GET", 2, 6],
    ]);
    expect(evidence.flatMap((one) => (one.kind === "n+1" ? [`${one.place?.file}:${one.place?.line}`] : []))).toEqual(["main.cjs:2"]);
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${inspector}/json/list`).then(
            () => "open",
            () => "closed",
          ),
        { timeout: 5000 },
      )
      .toBe("closed");
    await expect(attachTo({ pid, agent, raw, until: () => Promise.resolve() })).rejects.toThrow("only once");
    expect(await ask()).toBe("ok");
  });

  it("has to be one", async () => {
    await expect(attachTo({ pid: 2 ** 22 + 1, agent, raw: "", until: () => Promise.resolve() })).rejects.toThrow(
      "there is no such process",
    );
  });

  it.runIf(process.platform === "linux")("is left alone when it is no Node program: the signal would end it", async () => {
    const sleeping = spawn("sleep", ["60"]);
    running.push(sleeping);
    await expect(attachTo({ pid: sleeping.pid ?? 0, agent, raw: "", until: () => Promise.resolve() })).rejects.toThrow(
      "no Node program but",
    );
    expect(sleeping.exitCode).toBeNull();
  });
});
