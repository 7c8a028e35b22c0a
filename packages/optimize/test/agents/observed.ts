import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { observeCommand } from "../../src/collectors/command.ts";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import type { Evidence, EvidenceSet } from "../../src/model/evidence.ts";
import type { LoadResult } from "../../src/model/load.ts";
import { temporaryFolder } from "../temporary.ts";

export const agent = fileURLToPath(new URL("../../agents/node/agent.cjs", import.meta.url));
export const programs = fileURLToPath(new URL("./programs/", import.meta.url));

export interface Seen {
  readonly set: EvidenceSet;
  readonly exitCode: number;
  readonly raw: string;
  /** Everything that was written, as one text. */
  readonly written: () => string;
  readonly of: <K extends Evidence["kind"]>(kind: K) => Extract<Evidence, { kind: K }>[];
}

/** Runs a command under observation, as `optimize measure` does, with its output thrown away. */
export async function observed(
  command: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly raw?: string;
    readonly loads?: readonly LoadResult[];
  } = {},
): Promise<Seen> {
  const cwd = options.cwd ?? programs;
  const raw = options.raw ?? join(temporaryFolder(), "raw");
  mkdirSync(raw, { recursive: true });
  const ended = await observeCommand({
    command,
    cwd,
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
    agent,
    raw,
    quiet: true,
    onStart: () => undefined,
  });
  const set = evidenceSetOf({
    id: "test",
    root: cwd,
    raw,
    command,
    salt: ended.salt,
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    exitCode: ended.exitCode,
    underLoad: false,
    loads: options.loads ?? [],
  });
  return {
    set,
    exitCode: ended.exitCode,
    raw,
    written: () =>
      readdirSync(raw)
        .map((name) => readFileSync(join(raw, name), "utf8"))
        .join("\n"),
    of: <K extends Evidence["kind"]>(kind: K) => set.evidence.filter((one): one is Extract<Evidence, { kind: K }> => one.kind === kind),
  };
}

/** Runs a program without being observed, for comparison. */
export function plain(
  command: readonly string[],
  cwd = programs,
  env: Record<string, string> = {},
): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve) => {
    const child = spawn(command[0] ?? "", command.slice(1), { cwd, env: { ...process.env, ...env } });
    let out = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.once("close", (code) => resolve({ code, out }));
  });
}

/** The number of the line of a program that holds a text. */
export function lineOf(program: string, text: string): number {
  return (
    readFileSync(join(programs, program), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}
