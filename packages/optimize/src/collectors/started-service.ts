/** A service of the user's, started for as long as it is needed, on a port that it is told by a variable of its environment. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isListening } from "../load/listening.ts";
import { OptimizeError } from "../model/errors.ts";

export interface ShellCommand {
  /** A line for the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its output goes. */
  readonly log: string;
  /** How the person knows it: "main", "the present files". */
  readonly of: string;
  readonly signal: AbortSignal;
}

export interface ServiceCommand extends ShellCommand {
  readonly port: number;
  /** The variable that holds the port. */
  readonly variable: string;
}

/** Milliseconds. */
const toStart = 60_000;
const toEnd = 1500;
const between = 50;

/** Runs a command to its end. Throws an OptimizeError("unreachable") when it fails. */
export async function runToEnd(shell: ShellCommand): Promise<void> {
  const started = start(shell, {});
  try {
    while (started.ended() === undefined) {
      if (shell.signal.aborted) throw new OptimizeError("interrupted", "interrupted");
      await sleep(between);
    }
    const ended = started.ended();
    if (ended !== "0") throw failed(shell, `${JSON.stringify(shell.command)} ended with ${ended}`);
  } finally {
    await started.stop();
  }
}

/** Starts a service and waits until it listens; gives the way to end it and all that it started. Throws an OptimizeError("unreachable"). */
export async function startService(service: ServiceCommand): Promise<() => Promise<void>> {
  const { port, variable, signal, of } = service;
  const started = start(service, { [variable]: String(port) });
  try {
    for (let waited = 0; waited < toStart; waited += between) {
      if (signal.aborted) throw new OptimizeError("interrupted", "interrupted");
      if (started.ended() !== undefined) throw failed(service, `${of} has ended with ${started.ended()} before it listened`);
      if (await isListening(port)) return started.stop;
      await sleep(between);
    }
    throw failed(
      service,
      `${of} has started, and nobody listens on port ${port} after ${toStart / 1000} s`,
      `it has to listen on the port in ${variable}; --port-variable names another one`,
    );
  } catch (error) {
    await started.stop();
    throw error;
  }
}

interface Started {
  /** Its exit code or signal; undefined while it runs. */
  readonly ended: () => string | undefined;
  readonly stop: () => Promise<void>;
}

function start({ command, cwd, env, log }: ShellCommand, more: Readonly<Record<string, string>>): Started {
  const file = openSync(log, "a", 0o600);
  // A group of its own, so that what the shell started ends with it.
  const child = spawn(command, { cwd, env: { ...env, ...more }, stdio: ["ignore", file, file], shell: true, detached: true });
  closeSync(file);
  let ended: string | undefined;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended = signal ?? String(code)));
  // Whoever ends us at once leaves nothing running.
  const onExit = (): void => endGroup(child, "SIGKILL");
  process.once("exit", onExit);
  return {
    ended: () => ended,
    stop: async () => {
      process.removeListener("exit", onExit);
      endGroup(child, "SIGTERM");
      for (let waited = 0; waited < toEnd && isGroupThere(child); waited += between) await sleep(between);
      endGroup(child, "SIGKILL");
    },
  };
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

function isGroupThere({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

const shownLines = 5;

/** With the last lines that it said. */
function failed({ log, of }: ShellCommand, message: string, hint?: string): OptimizeError {
  const said = readFileSync(log, "utf8").trim().split("\n").slice(-shownLines);
  const lines = said.join("").trim() === "" ? [`  (${of} has said nothing)`] : said.map((line) => `  ${line.slice(0, 300)}`);
  return new OptimizeError("unreachable", [message, ...lines].join("\n"), {
    hint: hint ?? "does the command start it by hand, in a fresh clone?",
  });
}
