/**
 * Real PostgreSQL, MariaDB (or MySQL) and Redis for smoke: what is on PATH, else the system's packages when apt-get and its rights are there. Each
 * on a free port of the loopback, with data of its own that goes with it; as an ordinary user when this is root. What cannot be had is said.
 *
 *     const { addresses, notRun, stop } = await startServers(["pg", "mysql", "redis"]);
 *
 * They belong to a process of their own that stops them when its input ends: also when whoever started them was killed. By hand, until Ctrl-C or
 * Ctrl-D: node packages/optimize/test/smoke/servers.js
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Milliseconds. */
const toInstall = 150_000;
const toStart = 60_000;
const toStop = 10_000;

/** By kind: programs that are needed (any of one row), the package of Debian and Ubuntu that has them, what makes the data, what serves it. */
const kinds = {
  pg: {
    programs: [["postgres"], ["initdb"]],
    packages: ["postgresql"],
    prepare: ([, initdb], data) => [initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
    serve: ([postgres], data, port) => [postgres, "-D", data, "-p", port, "-h", "127.0.0.1", "-k", data, "-F"],
    address: (port) => `postgres://postgres:postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    // Waits for no client.
    end: "SIGINT",
  },
  mysql: {
    programs: [["mariadbd", "mysqld"], ["my_print_defaults"]],
    packages: ["mariadb-server-core", "mariadb-client-core"],
    prepare: ([server], data) =>
      onPath("mariadb-install-db") === undefined
        ? [server, "--no-defaults", "--initialize-insecure", `--datadir=${data}`]
        : [
            onPath("mariadb-install-db"),
            "--no-defaults",
            `--datadir=${data}`,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
          ],
    serve: ([server], data, port) => [
      server,
      "--no-defaults",
      `--datadir=${data}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(data, "s")}`,
      `--pid-file=${join(data, "pid")}`,
      "--innodb-flush-log-at-trx-commit=0",
    ],
    address: (port) => `mysql://root@127.0.0.1:${port}/shop`,
    end: "SIGTERM",
  },
  redis: {
    programs: [["redis-server", "valkey-server"]],
    packages: ["redis-server"],
    prepare: () => undefined,
    serve: ([server], data, port) => [server, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", data],
    address: (port) => `redis://127.0.0.1:${port}`,
    end: "SIGTERM",
  },
};

/** @typedef {keyof typeof kinds} Kind */

/**
 * @param {readonly Kind[]} wanted
 * @returns {Promise<{ addresses: Partial<Record<Kind, string>>, notRun: Partial<Record<Kind, string>>, stop: () => Promise<void> }>} `notRun`: why a kind is not there.
 */
export async function startServers(wanted) {
  const keeper = spawn(process.execPath, [fileURLToPath(import.meta.url), ...wanted], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => keeper.once("exit", resolve));
  const lines = createInterface({ input: keeper.stdout });
  const line = await Promise.race([new Promise((resolve) => lines.once("line", resolve)), ended.then(() => "")]);
  if (line === "") throw new Error("the servers' process ended before it had started them");
  return {
    ...JSON.parse(line),
    stop: async () => {
      keeper.stdin.end();
      await ended;
    },
  };
}

/** @param {readonly Kind[]} wanted */
async function keep(wanted) {
  /** @type {Partial<Record<Kind, string>>} */
  const addresses = {};
  /** @type {Partial<Record<Kind, string>>} */
  const notRun = {};
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const over = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, resolve);
    process.stdin.once("end", resolve).once("error", resolve).resume();
  });
  const why = install(wanted.filter((kind) => programsOf(kind) === undefined));
  await Promise.all(
    wanted.map(async (kind) => {
      const programs = programsOf(kind);
      if (programs === undefined) {
        notRun[kind] = why;
        return;
      }
      try {
        const { address, stop } = await start(kind, programs);
        addresses[kind] = address;
        stops.push(stop);
      } catch (error) {
        notRun[kind] = error.message;
      }
    }),
  );
  console.log(JSON.stringify({ addresses, notRun }));
  await over;
  await Promise.all(stops.map((stop) => stop()));
}

/** @param {Kind} kind */
function programsOf(kind) {
  const found = kinds[kind].programs.map((names) => names.map(onPath).find((path) => path !== undefined));
  return found.includes(undefined) ? undefined : found;
}

/** Where a program is; Debian keeps servers off the PATH of ordinary users. @param {string} name */
function onPath(name) {
  const versions = "/usr/lib/postgresql";
  const own = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, "bin")) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", ...own.sort().reverse()];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs packages of the system, and gives why it did not. @param {readonly Kind[]} missing */
function install(missing) {
  if (missing.length === 0) return undefined;
  const packages = missing.flatMap((kind) => kinds[kind].packages);
  if (onPath("apt-get") === undefined) return `${packages.join(", ")}: not on PATH, and there is no apt-get`;
  if (process.getuid?.() !== 0) return `${packages.join(", ")}: not on PATH, and only root may install it`;
  // Debian starts what it installs, unless it is told not to.
  const policy = "/usr/sbin/policy-rc.d";
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::Retries=2"];
    const run = (...words) =>
      spawnSync("apt-get", [...options, ...words], {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        encoding: "utf8",
        timeout: toInstall,
      });
    run("update");
    const { status, error, stderr } = run("install", "--no-install-recommends", ...packages);
    if (status === 0) return "it was installed, and is not where it should be";
    return `apt-get install ${packages.join(" ")} failed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`;
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

/** @param {Kind} kind @param {string[]} programs */
async function start(kind, programs) {
  const { prepare, serve, address, end } = kinds[kind];
  const data = mkdtempSync(join(tmpdir(), `optimize-${kind}-`));
  const remove = () => rmSync(data, { recursive: true, force: true });
  const user = ordinaryUser();
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  const options = { cwd: data, ...user, env: { PATH: process.env.PATH, LC_ALL: "C", HOME: data } };
  const port = String(await freePort());
  try {
    const [program, ...words] = prepare(programs, data, port) ?? [];
    if (program !== undefined) {
      const made = spawnSync(program, words, { ...options, encoding: "utf8", timeout: toStart });
      if (made.status !== 0) throw new Error(`${program} failed: ${made.error?.message ?? lastLine(made.stderr || made.stdout)}`);
    }
    const [server, ...rest] = serve(programs, data, port);
    const child = spawn(server, rest, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (piece) => (said = (said + piece).slice(-4000)));
    const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
    const stop = async () => {
      child.kill(end);
      const patience = setTimeout(() => child.kill("SIGKILL"), toStop);
      await ended;
      clearTimeout(patience);
      remove();
    };
    for (let waited = 0; !(await isOpen(port)); waited += 100) {
      if (child.exitCode !== null || child.signalCode !== null || waited > toStart) {
        await stop();
        throw new Error(`${server} did not start: ${lastLine(said)}`);
      }
      await sleep(100);
    }
    return { address: address(port), stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @param {string} text */
const lastLine = (text) => text.trim().split("\n").at(-1) ?? "";

/** PostgreSQL refuses to be root, and none of them needs to. @returns {{ uid?: number, gid?: number }} */
function ordinaryUser() {
  if (process.getuid?.() !== 0) return {};
  const number = (flag) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  return { uid: number("-u"), gid: number("-g") };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} port @returns {Promise<boolean>} */
function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const wanted = process.argv.slice(2);
  await keep(wanted.length === 0 ? Object.keys(kinds) : wanted);
}
