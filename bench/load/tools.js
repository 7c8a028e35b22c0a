/** Programs of the system that the load suite needs, and how much processor time a program took. */
import { spawn, spawnSync } from "node:child_process";

/** Debian packages by the program that they bring. */
const packages = { wrk: "wrk", hey: "hey", h2load: "nghttp2-client", nginx: "nginx-light", openssl: "openssl", taskset: "util-linux" };

/** @param {string} name */
const has = (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

/**
 * Installs what is missing where that is allowed, and says what still is.
 *
 * @param {(line: string) => void} print
 * @returns {{ missing: string[] }}
 */
export function installTools(print) {
  const wanted = Object.entries(packages).filter(([name]) => !has(name));
  if (wanted.length > 0 && process.getuid?.() === 0 && has("apt-get")) {
    print(`installing ${wanted.map(([, name]) => name).join(", ")}`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted.map(([, name]) => name)], { env });
  }
  return { missing: Object.keys(packages).filter((name) => !has(name)) };
}

/**
 * Runs a program to its end on one core; gives what it printed and its seconds of user and system time, those of all its threads and children.
 *
 * @param {number} core
 * @param {readonly string[]} command
 * @param {{ env?: Record<string, string>, onStart?: (pid: number) => void }} [options]
 * @returns {Promise<{ out: string, err: string, cpu: number, code: number | null }>}
 */
export function timed(core, command, { env = {}, onStart } = {}) {
  const pinned = has("taskset") ? ["taskset", "-c", String(core), ...command] : command;
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", 'TIMEFORMAT="CPU %U %S"; time "$@"', "bash", ...pinned], {
      env: { ...process.env, ...env },
      detached: true,
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.on("error", reject);
    if (child.pid !== undefined) onStart?.(child.pid);
    child.on("close", (code) => {
      const [, user = "NaN", system = "NaN"] = /^CPU ([\d.]+) ([\d.]+)$/m.exec(err) ?? [];
      resolve({ out, err, cpu: Number(user) + Number(system), code });
    });
  });
}
