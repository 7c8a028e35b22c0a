/**
 * The parser that a scan stands on, alone: every file of a folder is read and parsed into a tree that JavaScript can read, by the fastest way that
 * oxc-parser has on this Node, and nothing is done with it.
 *
 *     node bench/scan/parser.js <folder>
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../../packages/optimize/package.json", import.meta.url));
/** @type {typeof import("oxc-parser")} */
const { parseSync, rawTransferSupported } = require("oxc-parser");
const options = rawTransferSupported() ? { experimentalRawTransfer: true } : {};

const folder = process.argv[2] ?? ".";
let nodes = 0;
for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
  const path = join(parentPath, name);
  if (!/\.[cm]?[jt]sx?$/.test(name) || path.includes("node_modules")) continue;
  // Without `program` there is no tree yet.
  nodes += parseSync(path, readFileSync(path, "utf8"), options).program.body.length;
}
console.log(`${nodes} statements at the top of the files`);
