/**
 * Observes a Node program that runs already: SIGUSR1 opens its inspector on the loopback, through which the agent is loaded; the inspector is closed again
 * when the agent has said its last words. Worker threads and child processes that run already are not seen.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { OptimizeError } from "../model/errors.ts";

export interface AttachOptions {
  readonly pid: number;
  /** Path of the agent. */
  readonly agent: string;
  /** Folder for raw records; it is there. */
  readonly raw: string;
  readonly heap?: boolean;
  /** Called when it is attached; resolves when observing is to end. */
  readonly until: () => Promise<unknown>;
}

/** Where Node's inspector listens unless the program is told otherwise (`--inspect-port`). */
const usualPort = 9229;
/** Milliseconds. */
const toOpen = 5000;
const toAnswer = 20_000;

/** Observes until it is told to end, or the program ends. Gives the key of the hashes in the records. Throws an OptimizeError("not-started"). */
export async function attachTo(options: AttachOptions): Promise<{ readonly salt: string; readonly exitCode: 0 }> {
  const { pid } = options;
  refuseOthers(pid);
  const salt = randomBytes(16).toString("hex");
  const program = await connect(pid);
  const settings = JSON.stringify({ out: options.raw, salt, cpu: true, heap: options.heap ?? false, spans: true, attachedBy: process.pid });
  // Variables of the inspector's own, like `require`, are gone by the time that the turn comes.
  const load = `const load = require; ${inTurn(`process.env.OPTIMIZE_AGENT = ${JSON.stringify(settings)}; try { load(${JSON.stringify(options.agent)}) } finally { delete process.env.OPTIMIZE_AGENT } return globalThis[Symbol.for("optimize.agent")]?.state`)}`;
  const loaded = await program.evaluate(`{ ${load} }`);
  if (loaded !== "observing") {
    await program.evaluate(`{ const inspector = require("inspector"); setTimeout(() => inspector.close(), 200) } 0`);
    program.close();
    throw refused(
      pid,
      loaded === "stopped" ? "it was attached to before, and can be only once" : "the agent could not be loaded into it",
      "start it again, and attach to it then",
    );
  }
  await Promise.race([options.until(), program.ended]);
  await program.evaluate(inTurn(`globalThis[Symbol.for("optimize.agent")].stop()`));
  program.close();
  return { salt, exitCode: 0 };
}

/** What the inspector is told to do it does at once, in the middle of anything; this waits for a turn of the event loop. */
const inTurn = (code: string): string =>
  `new Promise((resolve) => setTimeout(() => { let value; try { value = (() => { ${code} })() } catch { value = "failed" } resolve(value); }, 0))`;

const refused = (pid: number, why: string, hint = "start it under observation instead: optimize measure -- <command>"): OptimizeError =>
  new OptimizeError("not-started", `cannot attach to ${pid}: ${why}`, { hint });

/** SIGUSR1 ends a program that does not listen to it. */
function refuseOthers(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    throw refused(
      pid,
      (cause as NodeJS.ErrnoException).code === "EPERM" ? "it belongs to another user" : "there is no such process",
      "name a running process: pgrep -a node",
    );
  }
  if (process.platform !== "linux") return;
  let [program, status] = ["", ""];
  try {
    program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, "");
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    throw refused(pid, "it cannot be looked at");
  }
  if (!/^node(?:js)?\b/.test(program))
    throw refused(pid, `it is no Node program but ${program}`, "name the node process itself: pgrep -a node");
  // SIGUSR1 is 10 on Linux.
  const caught = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  if (((caught >> 9n) & 1n) === 0n) throw refused(pid, "it does not listen to SIGUSR1");
}

interface Program {
  readonly evaluate: (code: string) => Promise<unknown>;
  readonly ended: Promise<unknown>;
  readonly close: () => void;
}

async function connect(pid: number): Promise<Program> {
  const port = portOf(pid);
  if ((await addressOf(port)) !== undefined)
    throw refused(
      pid,
      `port ${port} is taken, by an inspector that is open already`,
      "close the other debugger, or start the program under observation",
    );
  process.kill(pid, "SIGUSR1");
  for (let waited = 0; waited < toOpen; waited += 50) {
    const url = await addressOf(port);
    if (url !== undefined) return open(pid, url);
    await sleep(50);
  }
  throw refused(pid, "its inspector did not open");
}

function portOf(pid: number): number {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return Number(/ --(?:inspect|debug)-port[= ](?:[^ ]*:)?(\d+) /.exec(words)?.[1] ?? usualPort);
  } catch {
    return usualPort;
  }
}

async function addressOf(port: number): Promise<string | undefined> {
  try {
    const [first] = (await (await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(1000) })).json()) as {
      webSocketDebuggerUrl?: string;
    }[];
    return first?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}

async function open(pid: number, url: string): Promise<Program> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const waiting = new Map<number, (value: unknown) => void>();
  socket.on("error", () => socket.terminate());
  socket.on("message", (data: Buffer) => {
    const { id, result } = JSON.parse(data.toString("utf8")) as { id?: number; result?: { result?: { value?: unknown } } };
    if (id !== undefined) waiting.get(id)?.(result?.result?.value);
  });
  let last = 0;
  const evaluate = (expression: string): Promise<unknown> => {
    const id = ++last;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    socket.send(
      JSON.stringify({
        id,
        method: "Runtime.evaluate",
        params: { expression, includeCommandLineAPI: true, returnByValue: true, awaitPromise: true },
      }),
      () => undefined,
    );
    return Promise.race([answer, ended, sleep(toAnswer, undefined, { ref: false })]);
  };
  if ((await evaluate("process.pid")) !== pid) {
    socket.terminate();
    throw refused(pid, "the inspector that opened is another program's");
  }
  return { evaluate, ended, close: () => socket.close() };
}
