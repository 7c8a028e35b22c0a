/** Services that are started for a comparison: they listen, or say why not, and leave nothing behind. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runToEnd, startService, type ServiceCommand } from "../../src/collectors/started-service.ts";
import { freePort, isListening } from "../../src/load/listening.ts";
import { temporaryFolder } from "../temporary.ts";

const node = JSON.stringify(process.execPath);
const server = `require("http").createServer((q, r) => r.end("x")).listen(process.env.HERE)`;

async function commandOf(command: string, files: Record<string, string> = {}): Promise<ServiceCommand> {
  const cwd = temporaryFolder(files);
  return {
    command,
    cwd,
    env: process.env,
    log: join(cwd, "log"),
    of: "main",
    signal: new AbortController().signal,
    port: await freePort(),
    variable: "HERE",
  };
}

describe("a service", () => {
  it("listens on the port that its variable holds, and ends with everything that the shell started", async () => {
    const service = await commandOf(`${node} server.cjs & wait`, { "server.cjs": server });
    const stop = await startService(service);
    expect(await isListening(service.port)).toBe(true);
    await stop();
    expect(await isListening(service.port)).toBe(false);
  });

  it("that ends before it listens is told with what it said last", async () => {
    const service = await commandOf("echo no database >&2; exit 3");
    await expect(startService(service)).rejects.toThrow("main has ended with 3 before it listened\n  no database");
  });

  it("is not waited for when a person has stopped", async () => {
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(), 100);
    await expect(startService({ ...(await commandOf("sleep 60")), signal: stopped.signal })).rejects.toThrow("interrupted");
  });
});

describe("what prepares a version", () => {
  it("runs to its end, and its failure is told", async () => {
    const fine = await commandOf("echo done > made");
    await runToEnd(fine);
    expect(readFileSync(join(fine.cwd, "made"), "utf8")).toBe("done\n");
    await expect(runToEnd(await commandOf("echo broken; exit 1"))).rejects.toThrow("ended with 1\n  broken");
  });
});
