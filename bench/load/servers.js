/** Targets of the load suite, each a process of its own on loopback. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A port that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** @param {number} port */
async function listening(port) {
  const { connect } = await import("node:net");
  for (let times = 0; times < 100; times++) {
    const there = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("connect", () => (socket.destroy(), resolve(true)));
      socket.on("error", () => resolve(false));
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${port}`);
}

/** @param {number} core @param {string[]} command @param {Record<string, string>} [env] */
function start(core, command, env = {}) {
  const child = spawn("taskset", ["-c", String(core), ...command], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  return { child, said: () => said, stop: () => child.kill("SIGTERM") };
}

const temporaryFolders = (/** @type {string} */ folder) =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/tmp/${name};`).join(" ");

/**
 * nginx that answers 27 bytes of JSON, over HTTP/1.1 and over TLS with HTTP/2.
 *
 * @param {string} folder
 * @param {number} core
 */
export async function startNginx(folder, core) {
  const [plain, secure] = [await freePort(), await freePort()];
  mkdirSync(join(folder, "tmp"), { recursive: true });
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-keyout",
    key,
    "-out",
    cert,
    "-days",
    "30",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
  ]);
  const where = `location / { default_type application/json; return 200 '{"hello":"world","n":12345}'; }`;
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; ${temporaryFolders(folder)}
  server { listen 127.0.0.1:${plain}; ${where} }
  server { listen 127.0.0.1:${secure} ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key}; ${where} }
}`,
  );
  const { stop } = start(core, ["nginx", "-p", folder, "-c", join(folder, "nginx.conf")]);
  await listening(plain);
  return { plain: `http://127.0.0.1:${plain}/`, secure: `https://localhost:${secure}/`, cert, stop };
}

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * A service that stands still once: nginx, stopped by a signal. What waited meanwhile it accepts and answers in a few milliseconds, with nothing written
 * to a log after the first requests, so that the schedule alone tells the truth; a service in JavaScript takes 20 ms only to accept the connections that were opened while it stood still.
 *
 * @param {string} folder
 * @param {number} core
 * @param {{ after: number, length: number }} stall milliseconds since the first request
 */
export async function startStalling(folder, core, { after, length }) {
  const port = await freePort();
  mkdirSync(join(folder, "tmp"), { recursive: true });
  const log = join(folder, `stalling-${port}.log`);
  const conf = join(folder, `stalling-${port}.conf`);
  writeFileSync(log, "");
  writeFileSync(
    conf,
    `worker_processes 1; daemon off; master_process off; pid ${folder}/stalling-${port}.pid; error_log ${folder}/error.log crit;
events { worker_connections 4096; }
http { map "$connection $connection_requests" $early { default 0; "~^[1-9] 1$" 1; }
  access_log ${log} combined if=$early; keepalive_requests 1000000000; ${temporaryFolders(folder)}
  server { listen 127.0.0.1:${port} backlog=4096; location / { default_type application/json; return 200 '{"hello":"world"}'; } }
}`,
  );
  const { child, stop } = start(core, ["nginx", "-p", folder, "-c", conf]);
  const stall = { from: NaN, to: NaN };
  await listening(port);
  const timer = setInterval(() => {
    if (statSync(log).size === 0) return;
    clearInterval(timer);
    const first = performance.now();
    setTimeout(() => {
      stall.from = performance.now() - first;
      child.kill("SIGSTOP");
      setTimeout(() => {
        child.kill("SIGCONT");
        stall.to = performance.now() - first;
      }, length);
    }, after);
  }, 2);
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      clearInterval(timer);
      child.kill("SIGCONT");
      stop();
    },
    stall: () => stall,
  };
}

/**
 * A service on real PostgreSQL whose requests each hold one of so many connections for a while.
 *
 * @param {number} core
 * @param {string} database
 * @param {number} size
 * @param {number} milliseconds
 */
export async function startPool(core, database, size, milliseconds) {
  const port = await freePort();
  const { stop } = start(core, [process.execPath, here("./pool-service.js"), String(port), String(size), String(milliseconds)], {
    DATABASE_URL: database,
  });
  await listening(port);
  return { url: `http://127.0.0.1:${port}/`, stop };
}
