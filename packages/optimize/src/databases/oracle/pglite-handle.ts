/**
 * PGlite's private parts, all of them in this file: the in-memory file system, by which a relation gets a size without having data. Made for the
 * version that package.json pins; another one is found out by the self-test of the planner (self-test.ts), which then says so.
 */
import { gunzipSync } from "node:zlib";
import { PGlite, type Extensions } from "@electric-sql/pglite";

/** Of PGlite, and of a file in its memory: what is used here. */
interface MemoryNode {
  usedBytes: number;
  contents: Uint8Array | undefined;
}
interface MemoryFiles {
  lookupPath(path: string): { node: MemoryNode };
  analyzePath(path: string): { exists: boolean };
  writeFile(path: string, data: Uint8Array): void;
}

/** Bytes of a segment: PostgreSQL cuts relations at 1 GB. */
const segmentBytes = 1 << 30;
const pageBytes = 8192;

export interface PgliteHandle {
  readonly database: PGlite;
  /** Makes a relation's file as long as `pages`; what it never held reads as nothing. `path` as pg_relation_filepath gives it. */
  readonly setPages: (path: string, pages: number) => void;
  /** Overwrites a relation's file from its start. */
  readonly write: (path: string, bytes: Uint8Array) => void;
  /** The whole data directory as a tar.gz, for the next start. */
  readonly snapshot: () => Promise<Uint8Array>;
}

const root = "/pglite/data/";

/** Starts one from a snapshot, or makes a database cluster. Throws when PGlite cannot be used as this file expects. */
export async function openPglite(snapshot: Uint8Array | undefined, extensions: readonly string[]): Promise<PgliteHandle> {
  const database = await PGlite.create({
    // No checksums: pages are written from outside. Small segments of the log: the snapshot is a sixth of what it would be.
    ...(snapshot === undefined
      ? { initDbStartParams: ["--no-data-checksums", "--wal-segsize=1"] }
      : { loadDataDir: new Blob([gunzipSync(snapshot)]) }),
    // No rows are ever cached, and no plan depends on it: a hundred megabytes less.
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=4MB"],
    extensions: await loadExtensions(extensions),
  });
  const { mod, Module } = database as unknown as { mod?: { FS?: MemoryFiles }; Module?: { FS?: MemoryFiles } };
  const files = (Module ?? mod)?.FS;
  if (typeof files?.lookupPath !== "function") throw new Error("its file system is not where this version expects it");
  return {
    database,
    setPages: (path, pages) => setPages(files, `${root}${path}`, pages),
    write: (path, bytes) => files.writeFile(`${root}${path}`, bytes),
    snapshot: async () => new Uint8Array(await (await database.dumpDataDir("gzip")).arrayBuffer()),
  };
}

function setPages(files: MemoryFiles, path: string, pages: number): void {
  let left = pages * pageBytes;
  for (let segment = 0; segment === 0 || left > 0 || files.analyzePath(`${path}.${segment}`).exists; segment++) {
    const name = segment === 0 ? path : `${path}.${segment}`;
    if (!files.analyzePath(name).exists) files.writeFile(name, new Uint8Array(0));
    const bytes = Math.min(left, segmentBytes);
    files.lookupPath(name).node.usedBytes = bytes;
    left -= bytes;
  }
}

const loaders: Readonly<Record<string, () => Promise<Extensions>>> = {
  pg_trgm: async () => ({ pg_trgm: (await import("@electric-sql/pglite/contrib/pg_trgm")).pg_trgm }),
  btree_gin: async () => ({ btree_gin: (await import("@electric-sql/pglite/contrib/btree_gin")).btree_gin }),
  btree_gist: async () => ({ btree_gist: (await import("@electric-sql/pglite/contrib/btree_gist")).btree_gist }),
  citext: async () => ({ citext: (await import("@electric-sql/pglite/contrib/citext")).citext }),
  hstore: async () => ({ hstore: (await import("@electric-sql/pglite/contrib/hstore")).hstore }),
  ltree: async () => ({ ltree: (await import("@electric-sql/pglite/contrib/ltree")).ltree }),
  intarray: async () => ({ intarray: (await import("@electric-sql/pglite/contrib/intarray")).intarray }),
  unaccent: async () => ({ unaccent: (await import("@electric-sql/pglite/contrib/unaccent")).unaccent }),
};

/** Extensions that the planner can have; others are left out, and what needs them is told as not planned. */
export const knownExtensions: readonly string[] = Object.keys(loaders);

async function loadExtensions(names: readonly string[]): Promise<Extensions> {
  const wanted = Object.entries(loaders).filter(([name]) => names.includes(name));
  const loaded = await Promise.all(wanted.map(([, load]) => load()));
  return Object.fromEntries(loaded.flatMap((one) => Object.entries(one)));
}
