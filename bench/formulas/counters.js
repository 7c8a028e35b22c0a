/**
 * Counts what an application does, in its own drivers: SQL statements in `pg`, commands in `ioredis`, requests by `fetch`,
 * calls of the file system. Install before the application is imported; it is not changed.
 */
import fs from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";

/** @typedef {{ reads: number, writes: number, cache: number, http: number, blocking: number, files: number }} Counts */

/** What the Redis client sends of its own accord when it connects. */
const handshake = new Set(["info", "client", "hello", "auth"]);

/** @returns {Counts} */
const nothing = () => ({ reads: 0, writes: 0, cache: 0, http: 0, blocking: 0, files: 0 });

/**
 * @param {string} application  A file of the application: its packages are looked up from there.
 * @returns {Promise<{ take: () => Counts, total: () => number }>}  `take` gives the counts since the last call and starts again; `total` is how many there ever were.
 */
export async function installCounters(application) {
  let counts = nothing();
  let taken = 0;
  const load = createRequire(application);

  const pg = optional(() => load("pg"));
  if (pg !== undefined) {
    wrap(pg.Client.prototype, "query", ([query]) => {
      const kind = statementKind(typeof query === "string" ? query : (query?.text ?? ""));
      if (kind !== undefined) counts[kind]++;
    });
  }

  const redis = optional(() => load("ioredis"));
  if (redis !== undefined) {
    const pipelines = new WeakSet();
    wrap((redis.Redis ?? redis).prototype, "sendCommand", ([command, stream]) => {
      // A pipeline hands its commands over with a buffer of its own: together they are one round trip.
      if (handshake.has(command?.name) || (stream?.isPipeline === true && pipelines.has(stream))) return;
      if (stream?.isPipeline === true) pipelines.add(stream);
      counts.cache++;
    });
  }

  wrap(globalThis, "fetch", () => counts.http++);
  for (const name of Object.keys(fs)) {
    if (name.endsWith("Sync") && name !== "openSync" && name !== "closeSync") wrap(fs, name, () => counts.blocking++);
  }
  for (const name of ["readFile", "writeFile", "appendFile", "stat", "lstat", "readdir", "open", "access", "copyFile", "unlink"]) {
    wrap(fs.promises, name, () => counts.files++);
  }
  const handle = await fs.promises.open(application);
  for (const name of ["read", "write", "readFile", "writeFile", "appendFile", "stat"])
    wrap(Object.getPrototypeOf(handle), name, () => counts.files++);
  await handle.close();
  syncBuiltinESMExports();

  return {
    take() {
      const since = counts;
      taken += sum(counts);
      counts = nothing();
      return since;
    },
    total: () => taken + sum(counts),
  };
}

/** @param {Counts} counts */
const sum = (counts) => Object.values(counts).reduce((all, n) => all + n, 0);

/**
 * By the first word; undefined for what touches no rows (BEGIN, COMMIT, SET, SHOW) and for what drivers ask a new connection.
 *
 * @param {string} sql
 * @returns {"reads" | "writes" | undefined}
 */
export function statementKind(sql) {
  const word = /^\s*(?:\/\*[\s\S]*?\*\/\s*)?([a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? "";
  if (["insert", "update", "delete", "merge", "replace", "truncate", "copy"].includes(word)) return "writes";
  if (/\bpg_(type|range|catalog)\b/.test(sql)) return undefined;
  if (["select", "with", "values", "table"].includes(word)) return "reads";
  return undefined;
}

/**
 * @param {any} holder
 * @param {string} name
 * @param {(args: any[]) => void} before
 */
function wrap(holder, name, before) {
  const original = holder[name];
  if (typeof original !== "function") return;
  /** @this {unknown} @param {any[]} args */
  holder[name] = function counted(...args) {
    before(args);
    return original.apply(this, args);
  };
  Object.assign(holder[name], original);
}

/**
 * @template T
 * @param {() => T} load
 * @returns {T | undefined}
 */
function optional(load) {
  try {
    return load();
  } catch {
    return undefined;
  }
}
