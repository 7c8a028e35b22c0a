#!/usr/bin/env node
// npm links this file before anything is built, so it is committed and only points at the build.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(fileURLToPath(main))) await import(main.href);
else {
  console.error("optimize: not built yet. Run: npm run build");
  process.exitCode = 4;
}
