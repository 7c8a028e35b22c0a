import type { Expected, Program } from "./labels.d.ts";

export interface Conclusion {
  kind: string;
  /** Relative to the program's folder. */
  file: string;
  line: number;
}

export interface Score {
  hits: (Expected & { program: string })[];
  wrongLines: (Expected & { program: string; concluded: string })[];
  missed: (Expected & { program: string })[];
  falseAlarms: (Conclusion & { program: string })[];
  /** Of what is to be found, the part that was. */
  recall: number;
  /** Of what was concluded, the part that is to be found. */
  precision: number;
  /** Of what was found, the part at the right line. */
  exact: number;
}

export function score(programs: readonly Program[], conclusions: Readonly<Record<string, readonly Conclusion[]>>): Score;
