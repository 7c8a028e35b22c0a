import { execFileSync } from "node:child_process";
import { pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { answering, drive } from "../support/drive.js";

const here = new URL("program.js", import.meta.url);
// clean: before the server listens nobody waits
const own = readFileSync(here, "utf8");

const routes = {
  "/files": (n) => {
    let bytes = 0;
    for (let i = 0; i < n; i++) {
      // expect: sync-in-request
      bytes += readFileSync(here).length;
    }
    return bytes;
  },
  "/password": (n) => {
    // expect: sync-in-request
    return pbkdf2Sync("secret", "salt", n * 10_000, 32, "sha256").toString("hex");
  },
  "/zip": (n) => {
    // expect: sync-in-request
    return gzipSync(own.repeat(n * 100)).length;
  },
  "/process": (n) => {
    // expect: sync-in-request
    return execFileSync("true", [String(n)]).length;
  },
  "/promised": async (n) => {
    // clean: read without holding anybody up
    const texts = await Promise.all(Array.from({ length: Math.min(n, 4) }, () => readFile(here, "utf8")));
    return texts.length;
  },
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](Number(query.get("n")))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?n=4`, `${path}?n=12`]),
);
