/** `optimize load --compare <git ref>`: two versions of the code, both started by the same command, under the same load in turns. */
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd, startService, type ShellCommand } from "../collectors/started-service.ts";
import { checkOut, linkPackages } from "../engine/checked-out-tree.ts";
import { freePort } from "../load/listening.ts";
import type { Plan } from "../load/plan.ts";
import { OptimizeError } from "../model/errors.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Arguments, Flag } from "./args.ts";
import { compareTargets } from "./load-search.ts";
import type { Terminal } from "./terminal.ts";

const usualVariable = "PORT";
/** Where a command of the older version finds the folder of the present one, for what git does not hold. */
const presentVariable = "OPTIMIZE_PRESENT";

export const versionFlags: Readonly<Record<string, Flag>> = {
  start: { type: "string", value: "command", help: "For --compare with a git ref: starts the service, in a copy of each version" },
  prepare: { type: "string", value: "command", help: 'Run in the copy of the ref before it is started: "npm ci && npm run build"' },
  "port-variable": { type: "string", value: "name", help: `The variable that tells the service its port (default: ${usualVariable})` },
};

/** Compares a git ref with the present files; `planAt` makes the plan of a target, which listens then. */
export async function compareVersions(
  ref: string,
  planAt: (target: string) => Promise<Plan>,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const command = args.text("start");
  if (command === undefined) {
    throw new OptimizeError(
      "usage",
      `--compare ${JSON.stringify(ref)} is no URL; as a git ref it needs the command that starts the service`,
      {
        hint: `--start "npm start": it is run in a copy of that version and in the present folder, each with a free port in ${usualVariable}; or --compare http://localhost:3001 for one that runs already`,
      },
    );
  }
  const variable = args.text("port-variable") ?? usualVariable;
  if (!/^[A-Za-z_]\w*$/.test(variable))
    throw new OptimizeError("usage", `--port-variable is the name of a variable, not ${JSON.stringify(variable)}`);
  const before = await checkOut(terminal.cwd, ref);
  const logs = realpathSync(mkdtempSync(join(tmpdir(), "optimize-")));
  const clear = (): void => {
    before.remove();
    rmSync(logs, { recursive: true, force: true });
  };
  process.once("exit", clear);
  const stops: (() => Promise<void>)[] = [];
  try {
    const name = `${ref} (${before.commit.slice(0, 8)})`;
    const shell = { env: terminal.env, signal: terminal.signal };
    const older: ShellCommand = {
      ...shell,
      command,
      cwd: before.folder,
      env: { ...terminal.env, [presentVariable]: terminal.cwd },
      log: join(logs, "before.log"),
      of: name,
    };
    await prepare(older, args.text("prepare"), terminal);
    const targets: string[] = [];
    for (const one of [older, { ...shell, command, cwd: terminal.cwd, log: join(logs, "after.log"), of: "the present files" }]) {
      const port = await freePort();
      stops.push(await startService({ ...one, port, variable }));
      targets.push(`http://localhost:${port}`);
      terminal.err(`optimize: port ${port}: ${clean(one.of)}\n`);
    }
    const [first = "", second = ""] = targets;
    return await compareTargets(await planAt(first), await planAt(second), [name, "the present files"], args, terminal);
  } finally {
    await Promise.all(stops.map((stop) => stop()));
    clear();
    process.removeListener("exit", clear);
  }
}

/** What the older version needs before it can be started: what the person says, else the packages that are installed here, where they are the same. */
async function prepare(older: ShellCommand, command: string | undefined, terminal: Terminal): Promise<void> {
  if (command !== undefined) {
    terminal.err(`optimize: preparing ${clean(older.of)}: ${clean(command)}\n`);
    return runToEnd({ ...older, command });
  }
  const why = linkPackages(terminal.cwd, older.cwd);
  if (why !== undefined)
    throw new OptimizeError("usage", `${older.of} cannot use the packages that are installed here: ${why}`, {
      hint: '--prepare "npm ci" installs its own',
    });
  if (existsSync(join(terminal.cwd, "node_modules")))
    terminal.err(`optimize: ${clean(older.of)} uses the packages that are installed here\n`);
}
