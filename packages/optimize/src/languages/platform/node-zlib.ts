/** node:zlib: whole-buffer compression; the Sync forms block the thread. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const work = [
  "gzip",
  "gunzip",
  "deflate",
  "inflate",
  "deflateRaw",
  "inflateRaw",
  "unzip",
  "brotliCompress",
  "brotliDecompress",
  "zstdCompress",
  "zstdDecompress",
];
const done: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "value"] }));
const blocking: MethodSpec = { effect: { kind: "cpu", blocking: true }, returns: "value" };
const pooled: MethodSpec = { effect: { kind: "cpu" }, callbacks: done, returns: "value" };

const { exports, types } = namespace("zlib", {
  ...names(work.map((name) => `${name}Sync`).join(" "), blocking),
  ...names(work.join(" "), pooled),
});

export default library({ id: "node-zlib", packages: ["node:zlib"], exports, types });
