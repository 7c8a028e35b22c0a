/** Runs a command of the user's under observation: unchanged but for two variables of its environment. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants } from "node:os";
import { OptimizeError } from "../model/errors.ts";
import type { Inside } from "./container.ts";

export interface CommandOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the agent. */
  readonly agent: string;
  /** Folder for raw records; it is there. */
  readonly raw: string;
  /** Its output goes nowhere. */
  readonly quiet?: boolean;
  /** Samples allocations too, which costs more. */
  readonly heap?: boolean;
  /** Ends the command after so many seconds. */
  readonly duration?: number;
  /** Makes load; when it ends, the command is ended. */
  readonly load?: LoadCommand;
  /** The program runs in a container: the variables are its, and what starts it stays as it is. */
  readonly inside?: Inside | undefined;
  /** Is told how to send a signal on to the command; `typed`: at the terminal, so that it has reached the command already. */
  readonly onStart: (send: (signal: NodeJS.Signals, typed?: boolean) => void) => void;
}

/** A line for the shell. */
export interface LoadCommand extends Pick<CommandOptions, "cwd" | "env"> {
  readonly line: string;
}

export interface CommandResult {
  /** The command's own, or 128 + the number of the signal that ended it. */
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
  /** Key of the hashes in the records; it is written nowhere. */
  readonly salt: string;
}

/** Milliseconds after which a command that was asked to end is ended. */
const patience = 10_000;
/** A program that computes without a pause does not notice what an observer listens to for it: who asks so often means it. */
const insisting = 3;

/** Runs the command to its end. Throws an OptimizeError("not-started") when there is no such program. */
export async function observeCommand(options: CommandOptions): Promise<CommandResult> {
  const salt = randomBytes(16).toString("hex");
  const variables = variablesOf(options, salt);
  const [program = "", ...args] = options.inside?.commandWith(variables) ?? options.command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.inside === undefined ? { ...options.env, ...variables } : { ...options.env },
    stdio: options.quiet === true ? "ignore" : "inherit",
    shell: false,
  });
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let besides: ChildProcess | undefined;
    child.once("error", (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const why =
        cause.code === "ENOENT"
          ? "there is no such program"
          : cause.code === "EACCES"
            ? "it may not be executed"
            : (cause.code ?? cause.message);
      reject(
        new OptimizeError("not-started", `cannot start ${program}: ${why}`, {
          cause,
          hint: "write the command after --, as you type it: optimize measure -- npm test",
        }),
      );
    });
    child.once("spawn", () => {
      let asked = 0;
      options.onStart((signal, typed) => {
        asked += signal === "SIGINT" || signal === "SIGTERM" ? 1 : 0;
        if (asked >= insisting) child.kill("SIGKILL");
        else if (!typed) child.kill(signal);
      });
      const stop = (): void => {
        child.kill("SIGTERM");
        timer = setTimeout(() => child.kill("SIGKILL"), patience);
      };
      if (options.load !== undefined) besides = runLoad(options.load, stop);
      if (options.duration !== undefined) timer = setTimeout(stop, options.duration * 1000);
    });
    // When it ends, not when its pipes close: what it left running in the background does not keep us.
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      besides?.kill("SIGTERM");
      resolve(signal === null ? { exitCode: code ?? 0, salt } : { exitCode: 128 + (constants.signals[signal] ?? 0), signal, salt });
    });
  });
}

/** Makes load beside a program. It is not observed: it has the environment of the user. */
export function runLoad({ line, cwd, env }: LoadCommand, onEnd: () => void): ChildProcess {
  const child = spawn(line, { cwd, env, stdio: ["ignore", "inherit", "inherit"], shell: true });
  child.once("exit", onEnd);
  child.once("error", onEnd);
  return child;
}

function variablesOf({ env, agent, raw, heap = false, inside }: CommandOptions, salt: string): Record<string, string> {
  const before = inside?.nodeOptions ?? env["NODE_OPTIONS"] ?? "";
  // Nobody else sees the folders that the container shares with this machine; there its files are another user's.
  const settings = { out: inside?.raw ?? raw, salt, cpu: true, heap, spans: true, ...(inside === undefined ? {} : { handedOver: true }) };
  return {
    // First, so that it sees what the user's own preloads load; their options stay as they are.
    NODE_OPTIONS: `--require ${quoted(inside?.agent ?? agent)}${before === "" ? "" : ` ${before}`}`,
    OPTIMIZE_AGENT: JSON.stringify(settings),
  };
}

/** NODE_OPTIONS splits at blanks outside of double quotes, in which a backslash escapes. */
function quoted(path: string): string {
  return /[\s"\\]/.test(path) ? `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"` : path;
}
