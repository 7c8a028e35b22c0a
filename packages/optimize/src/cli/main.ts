/** The process: signals, streams and the exit code. Starts when it is imported; everything that can be tested is in dispatch.ts. */
import { main } from "./dispatch.ts";

const interruption = new AbortController();
const interrupt = (): void => {
  interruption.abort();
  // A second Ctrl-C, or work that does not stop by itself, ends at once; files are only ever replaced whole.
  process.once("SIGINT", () => process.exit(130));
  setTimeout(() => process.exit(130), 3000).unref();
};
process.once("SIGINT", interrupt);

const sentOn = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2", "SIGQUIT"] as const;
/** What is typed at a terminal reaches every program in the foreground by itself. */
const typed = new Set<NodeJS.Signals>(["SIGINT", "SIGQUIT"]);
const takeSignals = (send: (signal: NodeJS.Signals, typed: boolean) => void): (() => void) => {
  const onSignal = (signal: NodeJS.Signals): void => send(signal, process.stdin.isTTY && typed.has(signal));
  process.removeListener("SIGINT", interrupt);
  for (const signal of sentOn) process.on(signal, onSignal);
  return () => {
    for (const signal of sentOn) process.removeListener(signal, onSignal);
    process.once("SIGINT", interrupt);
  };
};
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has gone (`optimize | head`): there is nobody to tell.
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
}
/** A shell may stand in a folder that was removed. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

const cwd = currentFolder();
if (cwd === undefined) {
  process.stderr.write("optimize: the current folder does not exist any more\n  go to another one: cd <folder>\n");
  process.exit(2);
}
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  cwd,
  env: process.env,
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  columns: process.stdout.columns || 100,
  signal: interruption.signal,
  takeSignals,
});
