/**
 * Keeps what a started planner looks like beside the build: making a database cluster costs three seconds and 300 MB, which would be paid by the first scan
 * of each project. It is made again when what makes it has changed; where it cannot be made, scans make their own.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openPglite } from "../dist/databases/oracle/pglite-handle.js";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { dependencies } = JSON.parse(readFileSync(path("../package.json"), "utf8"));
const target = path(`../dist/planner-${dependencies["@electric-sql/pglite"]}.tar.gz`);
const made = statSync(target, { throwIfNoEntry: false });

if (made === undefined || made.mtimeMs < statSync(path("../src/databases/oracle/pglite-handle.ts")).mtimeMs) {
  try {
    const { database, snapshot } = await openPglite(undefined, []);
    writeFileSync(target, await snapshot());
    await database.close();
  } catch (error) {
    process.stderr.write(`no planner is kept with the build: ${String(error)}\n`);
  }
}
