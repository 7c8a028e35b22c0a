import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { attachTo } from "../../collectors/attach.ts";
import { observeCommand, runLoad } from "../../collectors/command.ts";
import { insideOf, type Inside } from "../../collectors/container.ts";
import { evidenceSetOf } from "../../collectors/evidence-set.ts";
import { sourceFinder } from "../../engine/built-file.ts";
import { newEvidence, saveEvidence } from "../../engine/evidence-store.ts";
import { checkFormulas } from "../../engine/formula-check.ts";
import { joinEvidence } from "../../engine/join.ts";
import { OptimizeError } from "../../model/errors.ts";
import type { EvidenceSet } from "../../model/evidence.ts";
import { onlyRoutes } from "../../model/only-routes.ts";
import type { Run } from "../../model/finding.ts";
import { cleanJson, clean } from "../../reporters/layout/sanitise.ts";
import { painter } from "../../reporters/layout/style.ts";
import { measuredText } from "../../reporters/measure/measured.ts";
import { rules } from "../../rules/index.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { keptLoads, loadRoot } from "../load-keeping.ts";
import { folderAt, runScan } from "../scanning.ts";
import { wantsColor, type Terminal } from "../terminal.ts";
import { writeWhole } from "../../engine/store.ts";

const measure: Command = {
  name: "measure",
  positionals: [],
  rest: "-- <command> [arguments]",
  flags: {
    root: { type: "string", value: "folder", help: "The project's folder (default: the current one)" },
    attach: { type: "string", value: "pid", help: "Observe a Node program that runs already, until Ctrl-C or for --duration" },
    duration: { type: "string", value: "seconds", help: "End the command after so many seconds" },
    routes: {
      type: "string",
      value: "patterns",
      help: 'Report these routes only: paths with * for anything, separated by commas ("/orders*,POST /login")',
    },
    while: { type: "string", value: "command", help: "Run this load command beside it, and end the command when the load has ended" },
    heap: { type: "boolean", help: "Sample allocations too, and say which functions make them" },
    output: { type: "string", value: "file", help: "Write the evidence as JSON to a file too" },
    all: { type: "boolean", help: "Every route, statement and function, not only the first ones" },
    "no-scan": { type: "boolean", help: "Only observe; do not read the code and tie the findings to it" },
    "keep-raw": { type: "boolean", help: "Keep the raw records and CPU profiles" },
    "no-color": { type: "boolean", help: "Plain text" },
  },
  examples: [
    ["optimize measure -- npm test", "what the tests show: counts and growth"],
    ["optimize measure -- node server.js", "until the server is ended; then the report"],
    [
      'optimize measure --while "optimize load :3000/orders" -- node server.js',
      "under load: milliseconds count, slow requests are looked into",
    ],
    ["optimize measure -- docker compose exec web npm test", "inside a container, whose image stays as it is; docker compose run too"],
    ["optimize measure --attach 4242 --duration 30", "thirty seconds of a program that runs already"],
    ["optimize measure --duration 30 -- node server.js", "thirty seconds of it"],
  ],
  run,
};

export default measure;

/** The agent as it is built, else as it is written. */
function agentPath(): string {
  const built = fileURLToPath(new URL("../../../dist/agents/node.cjs", import.meta.url));
  return existsSync(built) && !import.meta.url.endsWith(".ts")
    ? built
    : fileURLToPath(new URL("../../../agents/node/agent.cjs", import.meta.url));
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const command = args.rest;
  const pid = pidOf(args.text("attach"), command);
  if (command.length === 0 && pid === undefined)
    throw new OptimizeError("usage", "which command is to be measured? Write it after --", { hint: "optimize measure -- npm test" });
  const root = folderAt(args.text("root"), terminal);
  const duration = secondsOf(args.text("duration"));
  const startedAt = new Date().toISOString();
  const id = `${startedAt.replaceAll(/[-:]/g, "").replace(/\.\d+/, "")}-${randomBytes(3).toString("hex")}`;
  const place = folderFor(root, id, terminal);
  const begun = performance.now();
  const observed = { agent: agentPath(), raw: place.raw, heap: args.has("heap") };
  const line = args.text("while");
  const load = line === undefined ? undefined : { line, cwd: terminal.cwd, env: { ...terminal.env, [loadRoot]: root } };
  let release: (() => void) | undefined;
  let inside: Inside | undefined;
  const observe = async (): Promise<{ readonly exitCode: number; readonly salt: string }> => {
    inside = pid === undefined ? insideOf(command, { ...observed, root, cwd: terminal.cwd, env: terminal.env }) : undefined;
    return pid === undefined
      ? observeCommand({
          ...observed,
          command,
          inside,
          cwd: terminal.cwd,
          env: terminal.env,
          ...(duration === undefined ? {} : { duration }),
          ...(load === undefined ? {} : { load }),
          onStart: (send) => void (release = terminal.takeSignals?.(send)),
        })
      : attachTo({
          ...observed,
          pid,
          until: () =>
            new Promise((end) => {
              release = terminal.takeSignals?.(end);
              if (duration !== undefined) setTimeout(end, duration * 1000);
              if (load !== undefined) runLoad(load, () => end(undefined));
              terminal.err(
                `optimize: attached to ${pid}${duration === undefined && load === undefined ? "; Ctrl-C ends it and reports" : ""}\n`,
              );
            }),
        });
  };
  const ended = await observe().catch((error: unknown) => {
    rmSync(place.path, { recursive: true, force: true });
    throw error;
  });
  release?.();
  const failures = inside?.fetch() ?? [];
  const set = evidenceSetOf({
    id,
    root,
    raw: place.raw,
    command: pid === undefined ? command : ["--attach", String(pid)],
    salt: ended.salt,
    startedAt,
    seconds: (performance.now() - begun) / 1000,
    exitCode: ended.exitCode,
    underLoad: load !== undefined,
    inside,
    failures,
    loads: keptLoads(root, startedAt, new Date().toISOString()),
  });
  await report(set, root, place, args, terminal);
  if (!place.kept) rmSync(place.path, { recursive: true, force: true });
  return ended.exitCode;
}

/** What was gathered is reported whatever the command did, and its exit code is the command's: what goes wrong here is said and no more. */
async function report(set: EvidenceSet, root: string, place: Folder, args: Arguments, terminal: Terminal): Promise<void> {
  try {
    const saved = place.kept ? save(root, set, place.raw, args.has("keep-raw"), terminal) : undefined;
    const output = args.text("output");
    if (output !== undefined) writeWhole(resolve(terminal.cwd, output), cleanJson(`${JSON.stringify(set, null, 2)}\n`));
    const scanned = args.has("no-scan") ? undefined : await findingsOf(root, terminal);
    const shown = args.text("routes") === undefined ? set : onlyRoutes(set, args.text("routes") ?? "");
    terminal.err(
      measuredText({
        set: shown,
        join: joinEvidence(scanned?.findings ?? [], shown, rules, sourceFinder(root)),
        scanned: scanned !== undefined,
        checks: checkFormulas(scanned?.formulas ?? [], shown),
        saved,
        all: args.has("all"),
        columns: terminal.columns,
        paint: painter(wantsColor({ ...terminal, outIsTerminal: terminal.errIsTerminal }, args.has("no-color"))),
      }),
    );
  } catch (error) {
    terminal.err(`optimize: the report could not be made: ${clean(error instanceof Error ? error.message : String(error))}\n`);
  }
}

/** What cannot be kept is shown all the same; on a full disk the raw records, which have been read, make room. */
function save(root: string, set: EvidenceSet, raw: string, keepRaw: boolean, terminal: Terminal): string | undefined {
  try {
    try {
      return saveEvidence(root, set, keepRaw);
    } catch (error) {
      if (keepRaw) throw error;
      rmSync(raw, { recursive: true, force: true });
      return saveEvidence(root, set, false);
    }
  } catch (error) {
    terminal.err(`optimize: the evidence is shown and not kept: ${clean(error instanceof Error ? error.message : String(error))}\n`);
    return undefined;
  }
}

/** The findings of every tier: evidence promotes candidates too. Undefined when there is nothing to read. */
async function findingsOf(root: string, terminal: Terminal): Promise<Run | undefined> {
  try {
    return await runScan(root, { tiers: ["candidate", "likely", "proven"], includeTests: false }, terminal);
  } catch (error) {
    terminal.err(`optimize: the code was not read: ${clean(error instanceof Error ? error.message : String(error))}\n`);
    return undefined;
  }
}

interface Folder {
  readonly path: string;
  readonly raw: string;
  readonly kept: boolean;
}

/** In the project's store, or for the time being elsewhere when that cannot be written. */
function folderFor(root: string, id: string, terminal: Terminal): Folder {
  try {
    return { ...newEvidence(root, id), kept: true };
  } catch (error) {
    if (!(error instanceof OptimizeError) || error.code !== "write") throw error;
    terminal.err(`optimize: ${clean(error.message)}; the evidence is shown and not kept\n`);
    const path = mkdtempSync(join(tmpdir(), "optimize-"));
    const raw = join(path, "raw");
    mkdirSync(raw, { mode: 0o700 });
    return { path, raw, kept: false };
  }
}

function pidOf(text: string | undefined, command: readonly string[]): number | undefined {
  if (text === undefined) return undefined;
  const pid = Number(text);
  if (!Number.isSafeInteger(pid) || pid <= 1)
    throw new OptimizeError("usage", `--attach is the number of a process, not ${JSON.stringify(text)}`, { hint: "pgrep -a node" });
  if (command.length > 0)
    throw new OptimizeError("usage", "either a command is run, or a process is attached to: not both", {
      hint: "optimize measure --attach <pid>",
    });
  return pid;
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text.replace(/s$/, ""));
  if (!(seconds > 0))
    throw new OptimizeError("usage", `--duration is a number of seconds, not ${JSON.stringify(text)}`, { hint: "optimize measure --help" });
  return seconds;
}
