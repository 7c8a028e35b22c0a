import type { Arguments, Signature } from "./args.ts";
import type { Terminal } from "./terminal.ts";

/** One command: its table of arguments, its help, and what it does. `run` gives the exit code. */
export interface Command extends Signature {
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  /** Lines at the end of its help page. */
  readonly notes?: readonly string[];
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number>;
}

/** A line of a table of commands: a command, loaded when it is called, or several under one word (`optimize db plan`). */
export type CommandEntry = {
  /** One line for the list of commands. */
  readonly summary: string;
} & (
  | {
      readonly load: () => Promise<{ readonly default: Command }>;
      /** What its first argument may be instead of its own: `optimize load merge`. */
      readonly parts?: Readonly<Record<string, CommandEntry>>;
    }
  | { readonly commands: Readonly<Record<string, CommandEntry>> }
);
