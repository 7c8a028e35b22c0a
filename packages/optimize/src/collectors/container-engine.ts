/** What a container engine says of services, images and containers. It is asked with commands that change nothing. */
import { spawnSync } from "node:child_process";
import { OptimizeError } from "../model/errors.ts";
import type { ContainerCommand, SharedFolder } from "./container-command.ts";

/** Where the engine is asked. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds after which an engine that does not answer is given up. */
const patience = 60_000;
/** What an engine says of a service, an image or a container. */
export interface Known {
  readonly env: Readonly<Record<string, string>>;
  readonly shared: readonly SharedFolder[];
  readonly workdir: string | undefined;
  /** Folder that the image was built from. */
  readonly context?: string | undefined;
}

/** Nothing is said. */
export const nothing: Known = { env: {}, shared: [], workdir: undefined };

/** As `docker compose config` has it; undefined when there is no such service, which compose says itself. */
export function serviceOf(command: ContainerCommand, options: Surroundings): { readonly image: string; readonly known: Known } | undefined {
  for (const profile of [[], ["--profile", "*"]]) {
    const text = ask([...command.lead, ...profile, "config", "--format", "json"], options);
    const config = parsed(text) as Config | undefined;
    if (config === undefined) {
      if (text === undefined) return undefined;
      throw new OptimizeError("not-started", "this docker compose does not say its configuration as JSON", {
        hint: "update to docker compose 2",
      });
    }
    const service = config.services?.[command.target];
    if (service === undefined) continue;
    const known: Known = {
      env: Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, value ?? ""])),
      shared: (service.volumes ?? []).flatMap(({ type, source, target }) =>
        type === "bind" && source !== undefined && target !== undefined ? [{ inside: target, outside: source }] : [],
      ),
      workdir: service.working_dir,
      context: service.build?.context,
    };
    return { image: service.image ?? `${config.name ?? ""}-${command.target}`, known };
  }
  return undefined;
}

interface Config {
  readonly name?: string;
  readonly services?: Readonly<
    Record<
      string,
      {
        readonly image?: string;
        readonly environment?: Readonly<Record<string, string | null>>;
        readonly volumes?: readonly { readonly type?: string; readonly source?: string; readonly target?: string }[];
        readonly working_dir?: string;
        readonly build?: { readonly context?: string };
      }
    >
  >;
}

/** Its variables are needed before it runs: ours would take the place of its own NODE_OPTIONS. */
export function imageOf({ engine, compose, target }: ContainerCommand, image: string, options: Surroundings): Known {
  const { Config: config } = inspected<{ readonly Config?: ImageConfig }>([...engine, "image", "inspect", image], options);
  if (config === undefined)
    throw new OptimizeError("not-started", `the image ${image} is not on this machine yet, and its own settings have to be kept`, {
      hint: compose ? `docker compose build ${target} (or pull ${target}), then again` : `docker pull ${image}, then again`,
    });
  return { env: envOf(config), shared: [], workdir: config.WorkingDir };
}

/** What `inspect` says of one thing: a list of one. Templates for it are not the same in all engines. */
export function inspected<T extends object>(words: readonly string[], options: Surroundings): Partial<T> {
  const [one] = (parsed(ask(words, options)) ?? []) as [Partial<T>?];
  return one ?? {};
}

/** What an image says of the programs that run from it. */
export interface ImageConfig {
  readonly Env?: readonly string[] | null;
  readonly WorkingDir?: string;
}

/** Its variables by name. */
export function envOf({ Env }: ImageConfig): Record<string, string> {
  return Object.fromEntries((Env ?? []).map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
}

/** What a command of the engine said. */
export interface Answer {
  readonly out: string;
  /** Why it failed; "" when it did not. */
  readonly why: string;
}

/** Runs a command of the engine to its end; it is given `input`. */
export function run(words: readonly string[], { cwd, env }: Surroundings, input = ""): Answer {
  const [program = "", ...args] = words;
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    cwd,
    env: { ...env },
    input,
    encoding: "utf8",
    timeout: patience,
    maxBuffer: 1 << 30,
  });
  if (error !== undefined) return { out: stdout ?? "", why: error.message };
  return { out: stdout, why: status === 0 ? "" : (stderr.trim().split("\n").at(-1) ?? `it ended with ${status}`) };
}

/** What an engine answers; undefined when it refuses. */
export function ask(words: readonly string[], options: Surroundings): string | undefined {
  const { out, why } = run(words, options);
  return why === "" ? out : undefined;
}

/** A text as JSON; undefined when it is none. */
export function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) ?? undefined);
  } catch {
    return undefined;
  }
}
