/**
 * Observing a program inside a container without changing its image. `run` makes a new container, into which the agent and the folder of the records are
 * mounted; a container that runs already takes nothing in, so that for `exec` the agent is handed over to, and the records are fetched from, the Node in it.
 */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import {
  containerCommandOf,
  mountsIn,
  reachingOf,
  refusalOf,
  variableIn,
  withInside,
  workdirIn,
  type ContainerCommand,
  type SharedFolder,
} from "./container-command.ts";
import {
  ask,
  envOf,
  imageOf,
  inspected,
  nothing,
  parsed,
  run,
  serviceOf,
  type Answer,
  type ImageConfig,
  type Known,
  type Surroundings,
} from "./container-engine.ts";
import { collect, handOver } from "./container-scripts.ts";
import type { CopiedFolder } from "./shared-folders.ts";

/** What a command needs to be observed inside a container. */
export interface Inside {
  /** Paths in the container. */
  readonly agent: string;
  readonly raw: string;
  /** NODE_OPTIONS of the container. */
  readonly nodeOptions: string;
  readonly commandWith: (variables: Readonly<Record<string, string>>) => readonly string[];
  readonly shared: readonly SharedFolder[];
  /** The folder of the image that was probably copied from the project. */
  readonly copied: CopiedFolder | undefined;
  /** Brings the records here; gives what went wrong. */
  readonly fetch: () => readonly string[];
}

export interface InsideOptions extends Surroundings {
  /** Path of the agent on this machine. */
  readonly agent: string;
  /** Folder for raw records on this machine; it is there. */
  readonly raw: string;
  /** The project. */
  readonly root: string;
}

const agentFolder = "/optimize/agent";
const rawFolder = "/optimize/raw";

/**
 * What has to be done for a command of a container engine; undefined for every other command, and where the engine itself will say what is wrong with it.
 * Throws an OptimizeError for what cannot be observed.
 */
export function insideOf(words: readonly string[], options: InsideOptions): Inside | undefined {
  const refused = refusalOf(words);
  if (refused !== undefined) throw new OptimizeError("usage", refused.message, { hint: refused.hint });
  const command = containerCommandOf(words);
  if (command === undefined) return undefined;
  return command.verb === "run" ? insideNew(command, options) : insideRunning(command, options);
}

function insideNew(command: ContainerCommand, options: InsideOptions): Inside | undefined {
  const host = ask([...command.engine, "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], options)?.trim() ?? "";
  if (/^(?!unix|npipe)\w+:/.test(host))
    throw new OptimizeError(
      "not-started",
      `${basename(command.engine[0] ?? "")} runs its containers on another machine (${host.replace(/\/\/[^@/]*@/, "//")}): nothing can be mounted there`,
      {
        hint: "a container that is up is observed there too: optimize measure -- docker compose exec <service> <command>",
      },
    );
  const service = command.compose ? serviceOf(command, options) : { image: command.target, known: nothing };
  if (service === undefined) return undefined;
  const image = imageOf(command, service.image, options);
  const known: Known = { ...service.known, env: { ...image.env, ...service.known.env }, workdir: service.known.workdir ?? image.workdir };
  // Whoever the image runs as writes there; the folder around it is closed to others.
  chmodSync(options.raw, 0o777);
  const mounts = [
    { outside: dirname(options.agent), inside: agentFolder, readOnly: true },
    { outside: options.raw, inside: rawFolder },
  ];
  return {
    agent: posix.join(agentFolder, basename(options.agent)),
    raw: rawFolder,
    fetch: () => [],
    commandWith: (variables) => withInside(command, mounts, variables),
    ...placesIn(command, known, options),
  };
}

/** What is the same for both verbs. */
function placesIn(
  command: ContainerCommand,
  known: Known,
  { cwd, env, root }: InsideOptions,
): Pick<Inside, "nodeOptions" | "shared" | "copied"> {
  const workdir = workdirIn(command) ?? known.workdir;
  const outside = [...new Set([...(known.context === undefined ? [] : [known.context]), root, cwd])];
  return {
    nodeOptions: variableIn(command, "NODE_OPTIONS", env) ?? known.env["NODE_OPTIONS"] ?? "",
    shared: [...mountsIn(command, cwd), ...known.shared],
    copied: workdir === undefined || workdir === "" || workdir === "/" ? undefined : { inside: workdir, outside },
  };
}

interface Container {
  readonly Config: ImageConfig;
  readonly Mounts: readonly { readonly Type?: string; readonly Source?: string; readonly Destination?: string }[];
  readonly State: { readonly Running?: boolean };
}

function insideRunning(command: ContainerCommand, options: InsideOptions): Inside {
  const id = command.compose
    ? ask([...command.lead, "ps", "-q", command.target], options)
        ?.trim()
        .split("\n")[0]
    : command.target;
  const container =
    id === undefined || id === "" ? {} : inspected<Container>([...command.engine, "inspect", "--type", "container", id], options);
  if (container.State?.Running !== true)
    throw new OptimizeError("not-started", `${command.target} is not running`, {
      hint: command.compose
        ? `docker compose up -d ${command.target}, then again; or observe a new container: docker compose run`
        : "start it, then again",
    });
  const inner = (script: string, ...words: readonly string[]): string[] => [
    ...command.lead,
    "exec",
    command.compose ? "-T" : "-i",
    ...reachingOf(command),
    // What the container preloads would say its own things between ours.
    "-e",
    "NODE_OPTIONS=",
    command.target,
    "node",
    "-e",
    script,
    ...words,
  ];
  const { folder, error } = answered(run(inner(handOver), options, JSON.stringify(filesOf(options.agent))));
  if (folder === undefined)
    throw new OptimizeError("not-started", `the agent could not be put into ${command.target}: ${error}`, {
      hint: "it needs Node 18 or newer on the PATH of the container, and a folder for temporary files that can be written",
    });
  const known: Known = {
    env: envOf(container.Config ?? {}),
    shared: (container.Mounts ?? []).flatMap(({ Type, Source, Destination }) =>
      Type === "bind" && Source !== undefined && Destination !== undefined ? [{ inside: Destination, outside: Source }] : [],
    ),
    workdir: container.Config?.WorkingDir,
  };
  return {
    agent: posix.join(folder, "agent", basename(options.agent)),
    raw: posix.join(folder, "raw"),
    fetch: () => fetched(run(inner(collect, folder), options), options.raw, command.target),
    commandWith: (variables) => withInside(command, [], variables),
    ...placesIn(command, known, options),
  };
}

/** The agent is one file when it is built, and a folder as it is written. */
function filesOf(agent: string): Record<string, string> {
  const folder = dirname(agent);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cjs"));
  return Object.fromEntries(names.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(folder, name), "utf8")]));
}

function answered({ out, why }: Answer): { readonly folder?: string; readonly error: string } {
  const said = parsed(out.split("\n").findLast((line) => line.startsWith("{"))) as { folder?: string; error?: string } | undefined;
  return { ...(typeof said?.folder === "string" ? { folder: said.folder } : {}), error: said?.error ?? why };
}

/** Writes what came, a line of JSON for each file; whatever the container says of a name, it stays in the folder. */
function fetched({ out, why }: Answer, raw: string, target: string): string[] {
  let n = 0;
  for (const line of out.split("\n")) {
    const [name, bytes] = (parsed(line.startsWith("[") ? line : undefined) ?? []) as [unknown?, unknown?];
    if (typeof name !== "string" || typeof bytes !== "string" || !/^[\w.-]+$/.test(name)) continue;
    writeFileSync(join(raw, name), Buffer.from(bytes, "base64"), { mode: 0o600 });
    n += 1;
  }
  return n > 0 ? [] : [`what was recorded in ${target} could not be fetched: ${why === "" ? "there was nothing" : why}`];
}
