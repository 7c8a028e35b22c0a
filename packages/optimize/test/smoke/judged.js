/**
 * The labelled programs under `optimize measure`: what is concluded against what is labelled. Also by hand:
 *
 *     node packages/optimize/test/smoke/judged.js [program ...]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { programs } from "../programs/labels.js";
import { runPrograms } from "../programs/run.js";

const launcher = fileURLToPath(new URL("../../bin/optimize.js", import.meta.url));

/** Kinds of evidence that conclude something, by the names of the labels. */
const kinds = {
  "n+1": "n+1",
  duplicate: "duplicate-statement",
  slow: "slow-statement",
  sequential: "sequential-calls",
  blocking: "sync-in-request",
  stall: "event-loop-stall",
};

/**
 * Runs programs under observation.
 *
 * @param {readonly import("../programs/labels.d.ts").Program[]} chosen
 * @param {Record<string, string>} [addresses] servers that take the place of the programs' own
 * @returns {Promise<{ hits: string[], missed: string[], false: string[], failed: string[], notRun: string[] }>}
 */
export async function judge(chosen, addresses = {}) {
  const out = { hits: [], missed: [], false: [], failed: [], notRun: [] };
  const folder = mkdtempSync(join(tmpdir(), "optimize-judged-"));
  try {
    for (const program of chosen) {
      const file = join(folder, `${program.name}.json`);
      const command = [
        process.execPath,
        launcher,
        "measure",
        "--no-scan",
        "--root",
        program.folder,
        "--output",
        file,
        "--",
        process.execPath,
      ];
      const [result] = await runPrograms([program], { command, addresses });
      if (result?.status === "not run") out.notRun.push(`${program.name}: ${result.why}`);
      else if (result?.status !== "ok") out.failed.push(`${program.name}: ${result?.why ?? ""}`);
      else compare(program, JSON.parse(readFileSync(file, "utf8")).evidence, out);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return out;
}

function compare({ name, labels }, evidence, out) {
  const said = evidence.flatMap(conclusionOf);
  for (const { kind, file, line, endLine = line } of labels.expect) {
    const found = said.filter((one) => one.kind === kind && one.file === file && one.line >= line && one.line <= endLine);
    for (const one of found) one.right = true;
    (found.length > 0 ? out.hits : out.missed).push(`${name} ${kind} ${file}:${line}`);
  }
  const blocks = said.some(({ kind, right }) => kind === "sync-in-request" && right);
  // A stall that a blocking call makes is the same problem told twice.
  for (const one of said)
    if (!one.right && !(blocks && one.kind === "event-loop-stall")) out.false.push(`${name} ${one.kind} ${one.file}:${one.line}`);
}

function conclusionOf(one) {
  const kind = kinds[one.kind];
  const place = one.place ?? one.places?.[0] ?? one.stack?.[0];
  // A stall without a frame of the program is the machine's.
  if (kind === undefined || one.tier === "candidate" || (one.kind === "stall" && place === undefined)) return [];
  return [{ kind, file: place?.file ?? "?", line: place?.line ?? 0, right: false }];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const names = process.argv.slice(2);
  const result = await judge(programs().filter(({ name }) => names.length === 0 || names.includes(name)));
  const [hits, missed, wrong] = [result.hits.length, result.missed.length, result.false.length];
  console.log(JSON.stringify({ ...result, hits }, null, 2));
  console.log(`recall ${hits} of ${hits + missed}, precision ${hits} of ${hits + wrong}`);
}
