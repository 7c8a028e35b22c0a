/** One server, started anew, warmed up, given a fixed number of requests: its processor time a request. */
import { fork, spawn } from "node:child_process";
import http from "node:http";
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
  const options = { cwd, env: { ...process.env, NODE_OPTIONS: "", ...env } };
  const child =
    command === undefined
      ? fork(server, { ...options, execPath: node, execArgv: [...args], stdio: ["ignore", "ignore", "pipe", "ipc"] })
      : spawn(command[0] ?? "", [...command.slice(1), server], { ...options, detached: true, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let said = "";
  child.stderr?.on("data", (/** @type {Buffer} */ data) => (said = (said + data.toString()).slice(-2000)));
  const agent = new http.Agent({ keepAlive: true, maxSockets: together });
  try {
    const port = await new Promise((resolve, reject) => {
      child.once("message", (/** @type {{ port: number }} */ message) => resolve(message.port));
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said.trim().split("\n").at(-1)}`)));
      setTimeout(() => reject(new Error("the server did not start within 60 s")), 60_000).unref();
    });
    await requests(port, path, warm, agent);
    const before = Number(await get(port, "/cpu", agent));
    await requests(port, path, count, agent);
    return (Number(await get(port, "/cpu", agent)) - before) / count;
  } finally {
    agent.destroy();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    // What starts the server itself has the channel too, and keeps it.
    if (command !== undefined && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(timer);
  }
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
