import type { Arguments, Signature } from "./args.ts";
import type { Terminal } from "./terminal.ts";

/** One command: its table of arguments, its help, and what it does. `run` gives the exit code. */
export interface Command extends Signature {
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number>;
}
