/**
 * What the comments in a program say of the line below them:
 *
 *     // expect: n+1                        the developer wants to see this call
 *     // expect: sequential-calls, 3 lines  and the ones below it
 *     // clean: <why>                       nothing is to be said of it
 *
 * `labels.json` holds the same by number, for those who judge without reading sources; a test compares the two.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("./", import.meta.url));

export const kinds = ["n+1", "duplicate-statement", "slow-statement", "sequential-calls", "event-loop-stall", "sync-in-request"];

/** @typedef {import("./labels.d.ts").Labels} Labels */
/** @typedef {import("./labels.d.ts").Program} Program */

const isSource = (/** @type {string} */ file) => /\.[cm]?[jt]s$/.test(file);

/** The second half, labelled before any of it ran. */
export const blind = `${root}blind/`;

/** Labelled before any of it ran too, by somebody who knew the detector. */
export const unseen = `${root}unseen/`;

/** Ten more of the same kind, with other ways to ask. */
export const later = `${root}later/`;

/** The programs that a command line speaks of: `--blind`, `--unseen`, `--later`, or the first half. @param {readonly string[]} args */
export const halfIn = (args) => Object.entries({ blind, unseen, later }).find(([name]) => args.includes(`--${name}`))?.[1] ?? root;

/** @param {string} [half] @returns {Program[]} All programs of a half, by name. */
export function programs(half = root) {
  return readdirSync(half, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${half}${entry.name}/labels.json`))
    .map(({ name }) => {
      const folder = `${half}${name}`;
      const main = readdirSync(folder).find((file) => /^program\.[cm]?js$/.test(file)) ?? "";
      return { name, folder, main, labels: JSON.parse(readFileSync(`${folder}/labels.json`, "utf8")) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} folder @returns {Labels} What the comments of the folder's sources say. */
export function labelsIn(folder) {
  /** @type {Labels} */
  const labels = { expect: [], clean: [] };
  for (const file of readdirSync(folder).filter(isSource).sort()) {
    for (const [index, text] of readFileSync(`${folder}/${file}`, "utf8").split("\n").entries()) {
      const mark = /^\s*\/\/ (?:expect: ([\w+-]+)(?:, (\d+) lines)?|clean: (.+))$/.exec(text);
      if (mark === null) continue;
      const [, kind, lines, why] = mark;
      // Lines count from 1: the one below the comment.
      const line = index + 2;
      if (kind === undefined) labels.clean.push({ file, line, why: why ?? "" });
      else labels.expect.push({ kind, file, line, ...(lines === undefined ? {} : { endLine: line + Number(lines) - 1 }) });
    }
  }
  return labels;
}
