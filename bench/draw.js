#!/usr/bin/env node
/**
 * Draws likely findings of a Run for reading: `node bench/draw.js run.json --seed 7 --count 10 [--first 10]`.
 * The seed is printed, the draw is the same for the same Run and seed, and at least three rules are in it when the Run has them.
 * With --first the findings that a scan shows first are listed too.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "10" }, first: { type: "string", default: "0" } },
});
const run = JSON.parse(readFileSync(positionals[0] ?? "/dev/stdin", "utf8"));
const likely = run.findings.filter((finding) => finding.tier === "likely");

/** Mulberry32: small, seeded, good enough to draw. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(list, next) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

const next = random(Number(values.seed));
const pool = shuffled(
  [...likely].sort((a, b) => (a.id < b.id ? -1 : 1)),
  next,
);
const count = Math.min(Number(values.count), pool.length);
const drawn = [];
// One of each of three rules first, so that one loud rule does not fill the sample.
for (const rule of shuffled(
  [...new Set(pool.map((finding) => finding.rule))].sort((a, b) => (a < b ? -1 : 1)),
  next,
).slice(0, 3))
  drawn.push(pool.find((finding) => finding.rule === rule));
for (const finding of pool) if (drawn.length < count && !drawn.includes(finding)) drawn.push(finding);

function line(finding) {
  return `${finding.id}  ${finding.rule}  ${finding.site.file}:${finding.site.line}  ${finding.message}`;
}

console.log(
  `seed ${values.seed}, ${drawn.length} of ${likely.length} likely findings, ${new Set(drawn.map((finding) => finding.rule)).size} rules`,
);
for (const finding of drawn) console.log(line(finding));
if (Number(values.first) > 0) {
  console.log(`\nthe first ${values.first} as shown`);
  for (const finding of likely.slice(0, Number(values.first))) console.log(line(finding));
}
