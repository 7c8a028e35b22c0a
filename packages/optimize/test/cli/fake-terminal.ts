import type { Terminal } from "../../src/cli/terminal.ts";

export interface FakeTerminal extends Terminal {
  readonly printed: () => string;
  readonly errors: () => string;
}

/** A terminal that keeps what is written to it. */
export function fakeTerminal(changes: Partial<Terminal> = {}): FakeTerminal {
  let out = "";
  let err = "";
  return {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    cwd: "/",
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    signal: new AbortController().signal,
    ...changes,
    printed: () => out,
    errors: () => err,
  };
}
