/** Runs the built command as a user does: a process, its exit code, what it prints. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const launcher = fileURLToPath(new URL("../../bin/optimize.js", import.meta.url));
const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder outside of any repository with these files; removed at the end. */
export function folderOf(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "optimize-smoke-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs `optimize` and waits for its end, at most two minutes. `during` gets the process while it runs. */
export function optimize(args, { cwd = tmpdir(), env = {}, during } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [launcher, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const pieces = { out: [], err: [] };
    child.stdout.on("data", (piece) => pieces.out.push(piece));
    child.stderr.on("data", (piece) => pieces.err.push(piece));
    child.on("error", reject);
    const timer = setTimeout(() => child.kill("SIGKILL"), 120_000);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, out: Buffer.concat(pieces.out).toString("utf8"), err: Buffer.concat(pieces.err).toString("utf8") });
    });
    during?.(child);
  });
}

/** Throws with what was seen when something does not hold. */
export function expect(holds, what, seen) {
  if (holds) return;
  const shown = seen === undefined ? "" : `: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`;
  throw new Error(what + shown.slice(0, 1500));
}

/** Scans as JSON, which must work, and gives the Run. */
export async function scanned(folder, ...args) {
  const result = await optimize(["scan", "--format", "json", ...args, folder]);
  expect(result.code === 0, "the scan ends with 0", result);
  return { ...result, run: JSON.parse(result.out) };
}

/** Runs checks one after the other, prints each, and gives how many held. */
export async function runChecks(checks) {
  const counts = { passed: 0, failed: 0, notRun: 0 };
  for (const [name, check] of checks) {
    try {
      const reason = await check();
      if (typeof reason === "string") {
        counts.notRun += 1;
        console.log(`not run  ${name}: ${reason}`);
      } else {
        counts.passed += 1;
        console.log(`ok       ${name}`);
      }
    } catch (error) {
      counts.failed += 1;
      console.log(`FAILED   ${name}\n         ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return counts;
}
