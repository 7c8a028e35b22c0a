import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/dispatch.ts";
import { fakeTerminal } from "../cli/fake-terminal.ts";
import { temporaryFolder } from "../temporary.ts";
import { agent, observed, plain } from "./observed.ts";

const node = process.execPath;
const folderOf = (agent: string): string => join(agent, "..");

describe("a program that is observed", () => {
  it("may close its standard streams and get their numbers for files of its own", async () => {
    const cwd = temporaryFolder({
      "main.cjs": `const fs = require("fs"); fs.closeSync(1); fs.closeSync(2); const file = fs.openSync("own.txt", "w");
setTimeout(() => { fs.writeSync(file, "all of it"); process.exit(fs.readFileSync("own.txt", "utf8") === "all of it" ? 3 : 4); }, 400);`,
    });
    expect((await observed([node, "main.cjs"], { cwd })).exitCode).toBe(3);
  });

  it("can be ended by a signal while it computes in one go", async () => {
    const code = `require("child_process").spawn("sh", ["-c", "sleep 0.3; kill -TERM " + process.pid], { stdio: "ignore", env: {} }); for (;;);`;
    expect((await observed([node, "-e", code])).exitCode).toBe(143);
  });

  it("is not ended by a signal that its own listener took and left", async () => {
    const code = `setTimeout(() => {
  process.prependListener("SIGTERM", function own() { process.removeListener("SIGTERM", own); setTimeout(() => process.exit(6), 100); });
  process.kill(process.pid, "SIGTERM");
}, 50);
setTimeout(() => {}, 5000);`;
    expect((await observed([node, "-e", code])).exitCode).toBe(6);
  });

  it("leaves nothing of what it was handed over, and nothing of code that is an address", async () => {
    const data = "data:text/javascript,/*planted-code*/let%20until=Date.now()+60;while(Date.now()<until);";
    const { written } = await observed([node, "--input-type=module", "-e", `await import(${JSON.stringify(data)})`, "planted-argument"]);
    expect(written()).toContain('"data:"');
    expect(written()).not.toContain("planted");
  });

  it("needs no more memory for long statements, long parameters and long results than it gives itself", async () => {
    // A driver that answers nothing stands for better-sqlite3.
    const cwd = temporaryFolder({
      "node_modules/better-sqlite3/package.json": `{"main":"lib/database.js"}`,
      "node_modules/better-sqlite3/lib/database.js": `class Statement { constructor(source) { this.source = source; } all(rows) { return Array.isArray(rows) ? rows : []; } }
module.exports = class { prepare(source) { return new Statement(source); } };`,
      "main.cjs": `const database = new (require("better-sqlite3"))();
for (let i = 0; i < 400; i += 1) database.prepare("select " + i + " /* " + "x".repeat(500000) + i + " */").all();
for (let i = 0; i < 40; i += 1) database.prepare("select ?").all(new Uint8Array(4 << 20));
for (let i = 0; i < 20; i += 1) database.prepare("select rows" + "abcdefghijklmnopqrstuvwxyz"[i]).all(Array.from({ length: 8000 }, (_, id) => ({ id, text: "y".repeat(100) + id })));
setTimeout(() => process.exit(5), 10);`,
    });
    const { exitCode, set, of } = await observed([node, "--max-old-space-size=64", "main.cjs"], { cwd });
    expect(set.failures).toEqual([]);
    expect([exitCode, of("cost")[0]?.records]).toEqual([5, 460]);
  });
});

describe("records on a full disk", () => {
  const program = (writes: string): string => `
const fs = require("fs"); const { writeSync } = fs; let calls = 0;
fs.writeSync = (file, bytes, from) => { calls += 1; ${writes} return writeSync(file, bytes, from); };
const full = () => { throw Object.assign(new Error("no space"), { code: "ENOSPC" }); };
const writer = require(${JSON.stringify(join(folderOf(agent), "writer.cjs"))});
const out = JSON.parse(process.env.OPTIMIZE_AGENT).out;
const text = () => fs.readdirSync(out).map((one) => fs.readFileSync(out + "/" + one, "utf8")).join("");`;
  const run = async (code: string): Promise<string> => {
    const settings = { out: temporaryFolder(), salt: "s", cpu: true, spans: true };
    return (await plain([node, "-e", code], process.cwd(), { OPTIMIZE_AGENT: JSON.stringify(settings) })).out;
  };

  it("are written once each when there is room again: what had arrived stays", async () => {
    const partly = `if (calls === 1) return writeSync(file, bytes.subarray(0, 9)); if (calls === 2) full();`;
    const out = await run(`${program(partly)}
for (const record of [["a", 1], ["b", 2], ["c", 3]]) writer.write(record);
writer.flush(); writer.flush(); process.stdout.write(text());`);
    const [first, torn, ...rest] = out.split("\n");
    expect([first, ...rest]).toEqual(['["a",1]', '["b",2]', '["c",3]', ""]);
    expect('["b",2]'.startsWith(torn ?? "no")).toBe(true);
  });

  it("are not tried again with every record, and not kept without end", async () => {
    const out = await run(`${program("full();")}
for (let i = 0; i < 20000; i += 1) writer.write(["q", "x".repeat(1000)]);
process.stdout.write(JSON.stringify([calls, writer.state.lost > 10000, writer.state.bytes < 9 << 20]));`);
    expect(JSON.parse(out)).toEqual([1, true, true]);
  });
});

describe("optimize measure", () => {
  it("shows what it cannot keep", async () => {
    const cwd = temporaryFolder({
      "main.cjs": `const fs = require("fs"), path = require("path"); const raw = JSON.parse(process.env.OPTIMIZE_AGENT).out;
setTimeout(() => fs.mkdirSync(path.join(raw, "..", "evidence.json", "in-the-way"), { recursive: true }), 50);`,
    });
    const terminal = fakeTerminal({ cwd, env: { ...process.env, NODE_OPTIONS: "" } });
    expect(await main(["measure", "--no-scan", "--", node, "main.cjs"], terminal)).toBe(0);
    expect(terminal.errors()).toMatch(/shown and not kept[\s\S]*no request and no statement was seen/);
  });
});
