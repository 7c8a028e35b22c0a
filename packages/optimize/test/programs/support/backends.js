/**
 * What the programs talk to. It runs in a process of its own, so that its work is not the program's: PostgreSQL is the real one in
 * WebAssembly, behind the real protocol; MySQL, MongoDB and Redis are small servers that speak the protocol and know the few commands
 * that the programs send; HTTP is HTTP. All of it on free ports of the loopback.
 *
 *     import { backends } from "../support/backends.js";
 *     const { pg } = await backends("pg");
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("backend-server.js", import.meta.url));

/** @typedef {"pg" | "mysql" | "mongo" | "redis" | "partner"} Kind */

/**
 * Addresses by kind. A runner that has started them for many programs tells them in `BACKENDS`; a program that is run alone starts its own.
 *
 * @param {...Kind} kinds
 * @returns {Promise<Record<Kind, string>>}
 */
export async function backends(...kinds) {
  if (process.env.BACKENDS !== undefined) return JSON.parse(process.env.BACKENDS);
  const { addresses, stop } = await startBackends(kinds);
  process.on("exit", stop);
  return addresses;
}

/**
 * @param {readonly Kind[]} kinds
 * @returns {Promise<{ addresses: Record<Kind, string>, stop: () => void }>}
 */
export async function startBackends(kinds) {
  // Nothing that observes the program is to observe its database.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [server, ...kinds], { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the backends ended with ${code}`)));
  });
  lines.close();
  child.stdout.destroy();
  child.removeAllListeners("exit");
  child.unref();
  return { addresses: JSON.parse(line), stop: () => child.kill() };
}
