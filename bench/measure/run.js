/** One server, started anew, warmed up, given a fixed number of requests: its processor time a request. */
import { fork, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("./server.cjs", import.meta.url));
/** Requests under way at the same time. */
const together = 8;

/**
 * @typedef {{ name: string, node: string, args: readonly string[], env: Readonly<Record<string, string>>, command?: readonly string[] }} Variant
 *   `command`: a program that starts the server itself
 * @typedef {{ path: string, warm: number, count: number }} Load
 */

/**
 * Microseconds of user and system time of the server for a request.
 *
 * @param {Variant} variant
 * @param {Load} load
 * @param {string} cwd
 * @returns {Promise<number>}
 */
export async function cpuOfRequest({ node, args, env, command }, { path, warm, count }, cwd) {
  const told = command === undefined ? undefined : join(mkdtempSync(join(cwd, "port-")), "port");
  const environment = { ...process.env, NODE_OPTIONS: "", ...env, ...(told === undefined ? {} : { BENCH_PORT_FILE: told }) };
  const options = { cwd, env: environment };
  const child =
    command === undefined
      ? fork(server, { ...options, execPath: node, execArgv: [...args], stdio: ["ignore", "ignore", "pipe", "ipc"] })
      : spawn(command[0] ?? "", [...command.slice(1), server], { ...options, detached: true, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (/** @type {Buffer} */ data) => (said = (said + data.toString()).slice(-2000)));
  const agent = new http.Agent({ keepAlive: true, maxSockets: together });
  try {
    const port = await portOf(child, told, () => said);
    await requests(port, path, warm, agent);
    const before = Number(await get(port, "/cpu", agent));
    await requests(port, path, count, agent);
    return (Number(await get(port, "/cpu", agent)) - before) / count;
  } finally {
    agent.destroy();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    // The server is a child of that program.
    if (command !== undefined) killGroup(child);
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(timer);
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function killGroup({ pid }) {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}

/**
 * The port that the server says: over its channel, or in a file where another program starts it.
 * @param {import("node:child_process").ChildProcess} child
 * @param {string | undefined} told
 * @param {() => string} said
 * @returns {Promise<number>}
 */
function portOf(child, told, said) {
  return new Promise((resolve, reject) => {
    const look = setInterval(() => {
      try {
        if (told !== undefined) done(() => resolve(Number(readFileSync(told, "utf8"))));
      } catch {
        // Not there yet.
      }
    }, 50);
    const timer = setTimeout(() => done(() => reject(new Error("the server did not start within 60 s"))), 60_000);
    const done = (/** @type {() => void} */ end) => {
      end();
      clearInterval(look);
      clearTimeout(timer);
    };
    child.once("message", (/** @type {{ port: number }} */ message) => done(() => resolve(message.port)));
    child.once("error", (error) => done(() => reject(error)));
    child.once("exit", (code) => done(() => reject(new Error(`the server ended with ${code}: ${said().trim().split("\n").at(-1)}`))));
  });
}

/** @param {number} port @param {string} path @param {number} count @param {http.Agent} agent */
async function requests(port, path, count, agent) {
  let next = 0;
  const one = async () => {
    while (next < count) await get(port, `${path}/${next++ % 900}`, agent);
  };
  await Promise.all(Array.from({ length: together }, one));
}

/** @param {number} port @param {string} path @param {http.Agent} agent @returns {Promise<string>} */
function get(port, path, agent) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: "127.0.0.1", port, path, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (data) => (text += data));
      response.on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${path} answered ${response.statusCode}`)),
      );
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}
