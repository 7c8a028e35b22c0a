/** Asks the file system again what a scan asked it: by a look at each entry where that settles it, else by the same question. */
import { existsSync } from "node:fs";
import { dirname, posix } from "node:path";
import { readConfigText } from "./config-file.ts";
import { trackedFiles } from "./git.ts";
import { noteInput, openLedger, stampAt } from "./inputs.ts";
import type { Input, Question, Stamp } from "./inputs.ts";
import { askReal, askSize, listFolder } from "./listing.ts";
import { readSource } from "./source-text.ts";

export interface Comparison {
  /** What would be answered in another way now. */
  readonly changed: readonly Input[];
  /** Everything as it is now. */
  readonly inputs: readonly Input[];
  /** Milliseconds since the epoch; before the first question. */
  readonly begun: number;
  /** How many questions a look at the entry did not settle. */
  readonly asked: number;
}

/**
 * Undefined when the inputs were not written down on this file system: fewer than a quarter of the entries are as they say.
 * A stranger would have to know inodes and times of change, to below a millisecond, of entries that are still to be made.
 */
export function compareInputs(before: readonly Input[], begun: number, boundary: string): Comparison | undefined {
  const now = Date.now();
  let stamped = 0;
  let held = 0;
  const open: Input[] = [];
  const settled: Input[] = [];
  for (const input of before) {
    const stamp = stampAt(input.path);
    const isHeld = input.stamp !== undefined && stamp !== undefined && input.stamp.every((part, i) => part === stamp[i]);
    if (input.stamp !== undefined) stamped++;
    if (isHeld) held++;
    else if (held === 0 && stamped === enough) return undefined;
    const isSettled = input.stamp === undefined ? stamp === undefined && nothing.has(input.answer) : isHeld && isOld(input.stamp, begun);
    (isSettled ? settled : open).push(input);
  }
  if (stamped === 0 || held * 4 < stamped) return undefined;
  const again = open.map((input) => askAgain(input, boundary));
  return {
    changed: open.filter((input, i) => again[i]?.answer !== input.answer),
    inputs: [...settled, ...again],
    begun: now,
    asked: open.filter(({ stamp }) => stamp !== undefined).length,
  };
}

/** So many entries in a row that are none of this file system's are told from a project where much has changed. */
const enough = 1000;

/** Answers of every question where there is nothing. */
const nothing = new Set(["", "false", "ENOENT", "ENOTDIR"]);

/** Milliseconds. File systems count time in steps, the coarsest in two seconds: within one, an entry can change and keep its times. */
const step = 2000;

function isOld([, modified, changed]: Stamp, begun: number): boolean {
  return Math.max(modified, changed) < begun - step;
}

function askAgain({ question, path }: Input, boundary: string): Input {
  const ledger = openLedger();
  try {
    ask[question](path, boundary);
  } catch {
    // The answer is noted, whatever it is.
  } finally {
    ledger.close();
  }
  return ledger.inputs.get(`${question} ${path}`) ?? { question, path, stamp: undefined, answer: "not asked" };
}

const ask: Readonly<Record<Question, (path: string, boundary: string) => void>> = {
  source: (path) => void readSource({ path: posix.basename(path), absolute: path }),
  config: (path, boundary) => void readConfigText(path, boundary),
  folder: (path) => void listFolder(path),
  exists: (path) => noteInput("exists", path, undefined, String(existsSync(path))),
  large: (path) => void askSize(path),
  real: askReal,
  tracked: (path) => void trackedFiles(dirname(dirname(path))),
};
