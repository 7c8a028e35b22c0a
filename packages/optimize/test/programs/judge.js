/**
 * Observes every program with the built command and says what its conclusions are worth: `node judge.js [--blind | --unseen | --later] [--json] [name ...]`.
 * It reads the evidence that `--output` writes and nothing else of the tool.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { halfIn, programs } from "./labels.js";
import { missing } from "./run.js";
import { score } from "./score.js";
import { startBackends } from "./support/backends.js";

const launcher = fileURLToPath(new URL("../../bin/optimize.js", import.meta.url));

/** Kind of evidence -> kind of label. */
const kinds = {
  "n+1": "n+1",
  duplicate: "duplicate-statement",
  stall: "event-loop-stall",
  blocking: "sync-in-request",
  slow: "slow-statement",
  sequential: "sequential-calls",
};

/**
 * What one run concluded. A stall whose stack nobody saw names no line: it says something of the machine or of Node, and is only counted.
 *
 * @param {any} document
 * @param {string} name
 */
function conclusionsOf(document, name) {
  const conclusions = [];
  let nowhere = 0;
  for (const one of document.evidence) {
    const kind = kinds[/** @type {keyof typeof kinds} */ (one.kind)];
    // A candidate is not concluded yet.
    if (kind === undefined || one.tier === "candidate") continue;
    const place = one.place ?? one.places?.[0] ?? one.stack?.[0];
    if (place === undefined && kind === "event-loop-stall") nowhere++;
    else conclusions.push({ kind, file: place === undefined ? "nowhere" : relative(name, place.file), line: place?.line ?? 0 });
  }
  return { conclusions, nowhere };
}

const args = process.argv.slice(2);
const names = args.filter((word) => !word.startsWith("--"));
const json = args.includes("--json");
const root = halfIn(args);
const chosen = programs(root).filter((program) => (names.length === 0 || names.includes(program.name)) && missing(program) === undefined);
const own = mkdtempSync(join(tmpdir(), "optimize-judge-"));
process.on("exit", () => rmSync(own, { recursive: true, force: true }));
const { addresses, stop } = await startBackends(["pg", "mysql", "mongo", "redis", "partner"]);

const concluded = {};
const failed = [];
let nowhere = 0;
for (const { name, main } of chosen) {
  const output = join(own, `${name}.json`);
  const words = [launcher, "measure", "--no-scan", "--root", root, "--output", output, "--", process.execPath, join(name, main)];
  const env = { ...process.env, BACKENDS: JSON.stringify(addresses) };
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, env, encoding: "utf8", timeout: 120_000 });
  try {
    const found = conclusionsOf(JSON.parse(readFileSync(output, "utf8")), name);
    concluded[name] = found.conclusions;
    nowhere += found.nowhere;
    if (status !== 0) throw new Error(`ended with ${status}`);
  } catch (error) {
    failed.push({ name, why: `${error.message} ${stderr.trim().split("\n").at(-1)}` });
  }
}
stop();
rmSync(join(root, ".optimize"), { recursive: true, force: true });

const result = { programs: chosen.length, failed, ...score(chosen, concluded), nowhere };
if (json) console.log(JSON.stringify(result, null, 2));
else {
  const at = ({ program, kind, file, line }) => `${program}: ${kind} ${file}:${line}`;
  for (const one of result.missed) console.log(`missed      ${at(one)}`);
  for (const one of result.wrongLines) console.log(`wrong line  ${at(one)}, said at ${one.concluded}`);
  for (const one of result.falseAlarms) console.log(`false alarm ${at(one)}`);
  for (const { name, why } of failed) console.log(`failed      ${name}: ${why}`);
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `${chosen.length} programs: recall ${percent(result.recall)}, precision ${percent(result.precision)}, exact line ${percent(result.exact)}; stalls without a line: ${nowhere}`,
  );
}
process.exitCode = failed.length > 0 ? 1 : 0;
