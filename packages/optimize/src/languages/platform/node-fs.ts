/** node:fs, node:fs/promises and fs-extra. Members that end in Sync block the thread. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";

const reads =
  "readFile readdir stat lstat statfs access realpath readlink opendir exists open read readv fstat pathExists readJson readJSON glob " +
  "createReadStream openAsBlob watch watchFile";
const writes =
  "writeFile appendFile mkdir mkdtemp rm rmdir unlink rename copyFile cp truncate ftruncate chmod chown lchown utimes lutimes symlink link write writev fsync " +
  "fdatasync futimes fchmod fchown close createWriteStream copy move remove emptyDir emptydir ensureDir ensureFile ensureLink ensureSymlink " +
  "mkdirs mkdirp outputFile outputJson outputJSON writeJson writeJSON createFile";
/** Members without a `Sync` twin. */
const streams = new Set(["createReadStream", "createWriteStream"]);
const listeners = new Set(["watch", "watchFile"]);

const after: readonly CallbackSpec[] = [1, 2, 3, 4, 5].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "value"] }));
const events: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "later" }));

function members(list: string, kind: "file-read" | "file-write"): Record<string, MethodSpec | string> {
  const found: Record<string, MethodSpec | string> = {};
  for (const name of list.split(" ")) {
    if (listeners.has(name)) found[name] = { callbacks: events, returns: "value" };
    else if (streams.has(name)) found[name] = { effect: { kind, stream: true }, returns: { type: "Stream" } };
    else {
      found[name] = { effect: { kind }, callbacks: after, returns: name === "open" ? { type: "File" } : "value", promise: true };
      found[`${name}Sync`] = { effect: { kind, blocking: true }, returns: "value" };
    }
  }
  return found;
}

const all = { ...members(reads, "file-read"), ...members(writes, "file-write"), promises: "fs" };
const { exports, types } = namespace("fs", all);

const fileRead: MethodSpec = { effect: { kind: "file-read" }, returns: "value", promise: true };
const fileWrite: MethodSpec = { effect: { kind: "file-write" }, returns: "value", promise: true };

export default library({
  id: "node-fs",
  packages: ["node:fs", "node:fs/promises", "fs-extra", "graceful-fs", "mz/fs", "fs-extra/esm"],
  exports: { ...exports, FileHandle: { type: "File" } },
  types: {
    ...types,
    Stream: {
      element: "value",
      members: {
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        once: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        pipe: { returns: { argument: 0 } },
      },
    },
    File: {
      members: {
        readFile: fileRead,
        read: fileRead,
        stat: fileRead,
        readLines: { effect: { kind: "file-read", stream: true }, returns: { type: "Stream" } },
        writeFile: fileWrite,
        appendFile: fileWrite,
        write: fileWrite,
        sync: fileWrite,
        truncate: fileWrite,
        close: { returns: "void", promise: true },
        createReadStream: { effect: { kind: "file-read", stream: true }, returns: { type: "Stream" } },
        createWriteStream: { effect: { kind: "file-write", stream: true }, returns: { type: "Stream" } },
      },
    },
  },
});
