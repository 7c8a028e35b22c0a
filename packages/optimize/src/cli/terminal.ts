/** What a command may touch of the process: handed in, so that tests run commands without one. */
export interface Terminal {
  /** Results; nothing else goes here. */
  readonly out: (text: string) => void;
  /** Progress, notices and errors. */
  readonly err: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** stdout is a terminal. */
  readonly outIsTerminal: boolean;
  /** stderr is a terminal. */
  readonly errIsTerminal: boolean;
  readonly columns: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** From now on signals end nothing here: they are handed over, to be sent on to a program that runs. Gives the way back. */
  readonly takeSignals?: (listener: (signal: NodeJS.Signals, typed: boolean) => void) => () => void;
}

/** Whether colour is wanted: NO_COLOR and `--no-color` forbid it, FORCE_COLOR demands it, else a terminal has it. */
export function wantsColor(terminal: Terminal, forbidden = false): boolean {
  const { NO_COLOR: none, FORCE_COLOR: force, TERM: kind } = terminal.env;
  if (forbidden || (none !== undefined && none !== "")) return false;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  return terminal.outIsTerminal && kind !== "dumb";
}
