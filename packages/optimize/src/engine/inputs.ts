/** What a scan has asked of the file system, and what it was told: where every answer is the same again, the scan would say the same again. */
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import type { Stats } from "node:fs";

/** source: bytes of a file; config: text of a manifest; folder: names and kinds in it; exists, large, real, tracked: what they say. */
export type Question = "source" | "config" | "folder" | "exists" | "large" | "real" | "tracked";

/** Size, times of the content's and the entry's last change in milliseconds, and inode. Times differ below a millisecond too. */
export type Stamp = readonly [size: number, modified: number, changed: number, inode: number];

export interface Input {
  readonly question: Question;
  /** Absolute. */
  readonly path: string;
  /** Taken before the question was asked. While it stays, so does the answer; undefined when nothing at the path says so. */
  readonly stamp: Stamp | undefined;
  /** A digest, or a word. */
  readonly answer: string;
}

export interface Ledger {
  readonly inputs: ReadonlyMap<string, Input>;
  /** Milliseconds since the epoch; before the first question. */
  readonly begun: number;
  /** The same question was answered in two ways: the project changed while it was read. */
  readonly spoilt: () => boolean;
  readonly close: () => void;
}

type Note = (input: Input) => void;
/** A scan may run beside another one; what both ask counts for both, which can only make them ask again too often. */
const open = new Set<Note>();

/** Whether anybody wants to know what is asked. */
export const isNoted = (): boolean => open.size > 0;

/** From now on what is asked is written down. */
export function openLedger(): Ledger {
  const inputs = new Map<string, Input>();
  let spoilt = false;
  const note: Note = (input) => {
    const key = `${input.question} ${input.path}`;
    // What was read was not too large to read.
    if (input.question === "source") inputs.delete(`large ${input.path}`);
    const before = inputs.get(key);
    if (before === undefined) inputs.set(key, input);
    else if (before.answer !== input.answer) spoilt = true;
  };
  open.add(note);
  return { inputs, begun: Date.now(), spoilt: () => spoilt, close: () => void open.delete(note) };
}

export function noteInput(question: Question, path: string, stamp: Stamp | undefined, answer: string): void {
  for (const note of open) note({ question, path, stamp, answer });
}

export function stampOf(stats: Stats): Stamp {
  return [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino];
}

/** The stamp of what stands at a path, links not followed; undefined when nothing does. */
export function stampAt(path: string): Stamp | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : stampOf(stats);
  } catch {
    return undefined;
  }
}

/** 128 bits of SHA-256, in hexadecimal: too many for anybody to find two texts of one digest. */
export function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}
