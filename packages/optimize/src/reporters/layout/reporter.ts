import type { Run } from "../../model/finding.ts";

/** Lines of a scanned file, or undefined when it cannot be read (any more). Reporters themselves touch no file. */
export type Source = (file: string) => readonly string[] | undefined;

/** What a reporter is told besides the Run. */
export interface ReportContext {
  readonly source: Source;
  /** Titles of the rules by id. */
  readonly titles?: Readonly<Record<string, string>>;
  /** Columns of the terminal. */
  readonly columns: number;
  readonly color: boolean;
  /** Every finding instead of the ten that matter most. */
  readonly all: boolean;
  /** Wall time of the scan, for a person only. */
  readonly seconds?: number;
  /** Where the written report lies, as a person would type it. */
  readonly report?: string;
  /** The command that shows the failures. */
  readonly failuresCommand?: string;
  /** Commands worth running next; at most two are shown. */
  readonly next?: readonly string[];
}

/** Turns a Run into text that ends with a line break. */
export type Reporter = (run: Run, context: ReportContext) => string;
