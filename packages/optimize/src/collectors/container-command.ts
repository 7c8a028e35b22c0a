/**
 * Commands that run a program inside a container (`docker compose run|exec`, `docker run|exec`, and the same of podman), read as their own command line
 * is, and written again with folders and variables in front of the service. Nothing is run here.
 */
import { resolve } from "node:path";

export interface ContainerCommand {
  /** Words in front of the verb: the program with its own options, and `compose` with its. */
  readonly lead: readonly string[];
  /** Words that reach the engine itself: as `lead`, without `compose`. */
  readonly engine: readonly string[];
  readonly compose: boolean;
  readonly verb: "run" | "exec";
  readonly options: readonly string[];
  readonly flags: readonly Flag[];
  /** Service, container or image. */
  readonly target: string;
  /** What runs inside. */
  readonly rest: readonly string[];
}

interface Flag {
  readonly name: string;
  readonly value?: string;
  /** How many words it takes. */
  readonly length: number;
}

/** A folder of the container, and what it is on this machine. */
export interface SharedFolder {
  readonly inside: string;
  readonly outside: string;
}

/** Why a command cannot be observed, and what can. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const engines = new Set(["docker", "podman"]);
/** Verbs that leave a program running that nobody waits for, or that runs already. */
const background = new Set(["up", "start", "restart", "create", "attach", "watch"]);

/** Options without a value: all others have one. Of the engine, of compose, and of both verbs; no name means two things. */
const switches = new Set(
  [
    "all-resources compatibility debug detach disable-content-trust dry-run help init interactive no-ansi no-deps no-healthcheck no-TTY no-tty",
    "oom-kill-disable privileged publish-all quiet quiet-build quiet-pull build read-only remove-orphans rm service-ports sig-proxy tls tlsverify",
    "tty use-aliases use-api-socket verbose",
    "d D i P q t T",
  ].flatMap((line) => line.split(" ")),
);

/** Options from a word on, and where the first word stands that is none (https://pkg.go.dev/github.com/spf13/pflag, not interspersed). */
function flagsFrom(words: readonly string[], from: number): { readonly flags: Flag[]; readonly end: number } {
  const flags: Flag[] = [];
  let at = from;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") return { flags, end: at + 1 };
    if (!/^-./.test(word)) break;
    const taken = word.startsWith("--") ? longFlag(words, at) : shortFlags(words, at);
    flags.push(...taken);
    at += Math.max(1, ...taken.map(({ length }) => length));
  }
  return { flags, end: at };
}

function longFlag(words: readonly string[], at: number): Flag[] {
  const word = (words[at] ?? "").slice(2);
  const equals = word.indexOf("=");
  if (equals >= 0) return [{ name: word.slice(0, equals), value: word.slice(equals + 1), length: 1 }];
  if (switches.has(word)) return [{ name: word, length: 1 }];
  return [{ name: word, value: words[at + 1] ?? "", length: 2 }];
}

/** `-it`, `-eNAME=value`, `-e NAME=value`. */
function shortFlags(words: readonly string[], at: number): Flag[] {
  const letters = (words[at] ?? "").slice(1);
  const flags: Flag[] = [];
  for (const [index, name] of letters.split("").entries()) {
    if (switches.has(name)) {
      flags.push({ name, length: 1 });
      continue;
    }
    const value = letters.slice(index + 1).replace(/^=/, "");
    return [...flags, value === "" ? { name, value: words[at + 1] ?? "", length: 2 } : { name, value, length: 1 }];
  }
  return flags;
}

interface Read {
  readonly lead: readonly string[];
  readonly engine: readonly string[];
  readonly compose: boolean;
  readonly verb: string;
  readonly at: number;
}

/** As far as the verb; undefined for what is no command of a container engine. */
function readLead(words: readonly string[]): Read | undefined {
  const name = (words[0] ?? "").replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  if (name === "docker-compose") {
    const { end } = flagsFrom(words, 1);
    return { lead: words.slice(0, end), engine: ["docker"], compose: true, verb: words[end] ?? "", at: end };
  }
  if (!engines.has(name)) return undefined;
  const { end } = flagsFrom(words, 1);
  if (words[end] === "container")
    return { lead: words.slice(0, end + 1), engine: words.slice(0, end), compose: false, verb: words[end + 1] ?? "", at: end + 1 };
  if (words[end] !== "compose")
    return { lead: words.slice(0, end), engine: words.slice(0, end), compose: false, verb: words[end] ?? "", at: end };
  const inner = flagsFrom(words, end + 1);
  return { lead: words.slice(0, inner.end), engine: words.slice(0, end), compose: true, verb: words[inner.end] ?? "", at: inner.end };
}

/** The command, when it runs a program in a container and waits for it; undefined for any other. */
export function containerCommandOf(words: readonly string[]): ContainerCommand | undefined {
  const read = readLead(words);
  if (read === undefined || (read.verb !== "run" && read.verb !== "exec")) return undefined;
  const { flags, end } = flagsFrom(words, read.at + 1);
  const target = words[end];
  if (target === undefined) return undefined;
  const { lead, engine, compose, verb } = read;
  return { lead, engine, compose, verb, options: words.slice(read.at + 1, end), flags, target, rest: words.slice(end + 1) };
}

/** Why nothing would be seen of what a command of a container engine runs. */
export function refusalOf(words: readonly string[]): Refusal | undefined {
  const read = readLead(words);
  if (read === undefined) return undefined;
  const said = [...read.lead.slice(0, 1), ...(read.compose && read.lead[0] === read.engine[0] ? ["compose"] : []), read.verb].join(" ");
  if (background.has(read.verb))
    return {
      message: `${said} starts programs that it does not run itself: nothing of them would be seen`,
      hint: "observe one of them: optimize measure -- docker compose run <service>, or … exec <service> <command> in one that is up",
    };
  const detached = containerCommandOf(words)?.flags.some(({ name, value }) => (name === "d" || name === "detach") && value !== "false");
  return detached === true
    ? { message: `${said} --detach ends at once: nothing of what it starts would be seen`, hint: "leave --detach out" }
    : undefined;
}

/** The command with folders mounted and variables set, behind the user's own options: of two for one name the last one counts. */
export function withInside(
  { lead, verb, options, target, rest }: ContainerCommand,
  mounts: readonly (SharedFolder & { readonly readOnly?: boolean })[],
  variables: Readonly<Record<string, string>>,
): string[] {
  const own = options.at(-1) === "--" ? options.slice(0, -1) : options;
  return [
    ...lead,
    verb,
    ...own,
    ...mounts.flatMap(({ inside, outside, readOnly }) => ["-v", `${outside}:${inside}${readOnly === true ? ":ro" : ""}`]),
    ...Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
    ...(options.at(-1) === "--" ? ["--"] : []),
    target,
    ...rest,
  ];
}

/** What the command's own options set a variable to; `undefined` when they say nothing of it. `outside`: of this machine, for `-e NAME`. */
export function variableIn(
  { flags }: ContainerCommand,
  name: string,
  outside: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const set = flags
    .filter((flag) => flag.name === "e" || flag.name === "env")
    .map(({ value = "" }) => value)
    .findLast((value) => value === name || value.startsWith(`${name}=`));
  return set === name ? (outside[name] ?? "") : set?.slice(name.length + 1);
}

/** Folders of this machine that the command's own options mount. */
export function mountsIn({ flags }: ContainerCommand, cwd: string): SharedFolder[] {
  return flags.flatMap(({ name, value = "" }) => {
    if (name === "mount")
      return fromFields(Object.fromEntries(value.split(",").map((part) => part.split("=", 2) as [string, string?])), cwd);
    if (name !== "v" && name !== "volume") return [];
    const [, outside, inside] = /^((?:[A-Za-z]:[\\/])?[^:]*):([^:]+)/.exec(value) ?? [];
    // Anything else is the name of a volume.
    return outside !== undefined && inside !== undefined && /^(?:[.~/\\]|[A-Za-z]:)/.test(outside)
      ? [{ inside, outside: resolve(cwd, outside) }]
      : [];
  });
}

function fromFields(fields: Readonly<Record<string, string | undefined>>, cwd: string): SharedFolder[] {
  const outside = fields["source"] ?? fields["src"];
  const inside = fields["target"] ?? fields["destination"] ?? fields["dst"];
  return fields["type"] === "bind" && outside !== undefined && inside !== undefined ? [{ inside, outside: resolve(cwd, outside) }] : [];
}

/** Options that a second command in the same container needs to reach it as the same user. */
export function reachingOf({ flags }: ContainerCommand): string[] {
  const names = new Set(["u", "user", "index"]);
  return flags.filter(({ name }) => names.has(name)).flatMap(({ name, value = "" }) => [`${name.length === 1 ? "-" : "--"}${name}`, value]);
}

/** The folder in which the command's own options let it begin. */
export function workdirIn({ flags }: ContainerCommand): string | undefined {
  return flags.findLast(({ name }) => name === "w" || name === "workdir")?.value;
}
