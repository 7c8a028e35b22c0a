/** Relations that are read row by row: which of them one fix mends, where it goes and how it is said. */
import type { Loop, LoopedOperation, Operation, Place, Project } from "../../model/project.ts";
import type { RelatedPlace } from "../../model/rule.ts";
import { isSmall, repeatsOnPurpose } from "./repetition.ts";

/** Reads for each of the rows of one query, in one function. */
export interface RelationReads {
  /** The one that stands for all: the shortest way, the first place. */
  readonly first: LoopedOperation;
  readonly all: readonly LoopedOperation[];
  /** Relations as paths from the row, each once, in the order of their names. */
  readonly paths: readonly RelationPath[];
  /** The last call of the chain that builds the query of the rows; undefined when it is not seen. */
  readonly built: Place | undefined;
}

export interface RelationPath {
  readonly path: string;
  /** Every step of it leads to one row. */
  readonly single: boolean;
  /** Only how many there are is asked. */
  readonly counted: boolean;
  readonly targets: readonly string[];
}

/** The read of a declared relation of a row: eager loading with the rows spares it. */
export function isRelationRead({ operation }: LoopedOperation): boolean {
  const { kind, spec, relationPath } = operation;
  return kind === "db-read" && ((spec.lazy === "relation" && relationPath !== undefined) || spec.relation !== undefined);
}

/** Runs once for each row or element of a list that may be long. */
export function isReadForEach(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-read" || operation.spec.transaction !== undefined || looped.relation !== "element") return false;
  if (looped.memoized || looped.perLiteral || isSmall(looped) || repeatsOnPurpose(loop)) return false;
  // Calls of one tick become one statement; awaited one by one they do not.
  return operation.spec.batched !== true || loop.mode === "sequential";
}

/** What one change of one query mends: reads of its rows in the loops of one function; where the query is not seen, of one loop. */
export function byQuery(list: readonly LoopedOperation[]): readonly RelationReads[] {
  const groups = new Map<string, LoopedOperation[]>();
  const seen = new Map<string, Place>();
  for (const looped of list) {
    const built = builtOf(looped);
    if (built !== undefined) seen.set(readOf(looped), built);
  }
  for (const looped of list) {
    // Where the query is not seen on one way to the loop it may be on another.
    const built = builtOf(looped) ?? seen.get(readOf(looped));
    const key = built === undefined ? readOf(looped) : `${goneOverIn(looped)}|${built.file}:${built.at}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [looped]);
    else group.push(looped);
  }
  return [...groups.values()].map((group) => {
    const all = group.sort(
      (a, b) =>
        Number(builtOf(a) === undefined) - Number(builtOf(b) === undefined) ||
        a.path.length - b.path.length ||
        a.operation.place.at - b.operation.place.at,
    );
    const first = all[0] as LoopedOperation;
    return { first, all, paths: pathsOf(all), built: builtOf(first) };
  });
}

/** What is written out holds lists in lists: each of them is a list of its own. */
function goneOverIn({ loop, through }: LoopedOperation): string {
  return through === "serializer" ? `${loop.place.file}:${loop.place.at}` : loop.place.function.id;
}

function readOf({ loop, site }: LoopedOperation): string {
  return `${loop.place.file}:${loop.place.at}|${site.file}:${site.line}`;
}

/** Where the rows' query is built: said by the loop when it goes over them, else by the read itself. */
function builtOf(looped: LoopedOperation): Place | undefined {
  const { operation, loop } = looped;
  const { rows } = loop;
  const built = rows?.builtAt ?? (isRelationRead(looped) ? operation.builtAt : undefined);
  // What belongs to one row that another function reads: that function reads it for others too.
  const elsewhere = built !== undefined && built.function.id !== loop.place.function.id && built.function.id !== looped.function.id;
  const ofOne =
    rows === undefined ? looped.through === undefined && operation.relationPath?.includes(".") === true : rows.spec.lazy === "relation";
  return ofOne && elsewhere ? undefined : built;
}

/** The row is asked for in the round itself: what it leads to is a further part of one operation for each element. */
export function ownRow({ first, built }: RelationReads, asked: ReadonlySet<string>): readonly string[] {
  const { place, rows } = first.loop;
  if (rows !== undefined || built === undefined) return [];
  const inside = built.file === place.file && built.at >= place.at && built.end <= place.end;
  return inside || asked.has(`${first.loop.id}|${built.file}:${built.line}`) ? ["the row itself is asked for in the round"] : [];
}

/** Lines whose query runs in every round of a loop, for `ownRow`. */
export function askedInRounds(project: Project): ReadonlySet<string> {
  const out = new Set<string>();
  for (const looped of project.looped) {
    const { kind, builtAt, place } = looped.operation;
    if (kind !== "db-read" || isRelationRead(looped)) continue;
    for (const one of [place, builtAt]) if (one !== undefined) out.add(`${looped.loop.id}|${one.file}:${one.line}`);
  }
  return out;
}

function pathsOf(all: readonly LoopedOperation[]): RelationPath[] {
  const many = new Map<string, Operation>();
  for (const looped of all) {
    const { loop } = looped;
    // The list that is gone over is one that the query's rows lead to.
    if (loop.rows?.relationPath !== undefined) many.set(loop.rows.relationPath, loop.rows);
  }
  const above = new Set(many.keys());
  for (const looped of all) {
    const { operation } = looped;
    if (!isRelationRead(looped)) continue;
    const path = operation.relationPath ?? relationName(operation);
    if (!many.has(path)) many.set(path, operation);
  }
  const read = [...many.keys()].filter((path) => !goesInCircles(path)).sort();
  const below = read.filter((path) => !above.has(path));
  // The rows may lead to more of their own kind by the same name.
  const paths = below.length > 0 ? below : read;
  const asked = (path: string): readonly LoopedOperation[] => all.filter(({ operation }) => operation.relationPath === path);
  const counted = new Set(
    paths.filter((path) => asked(path).length > 0 && asked(path).every(({ operation }) => operation.spec.count === true)),
  );
  return paths.map((path) => {
    const steps = path.split(".");
    const before = steps.map((_, i) => many.get(steps.slice(0, i + 1).join(".")));
    return {
      path,
      single: before.every((step) => step !== undefined && step.spec.list !== true && step.spec.toMany !== true),
      counted: counted.has(path),
      targets: before.map((step) => step?.table ?? ""),
    };
  });
}

/** `copies.copies.copies`: however deep the rows of one kind are followed, the query can load two of the steps at most. */
function goesInCircles(path: string): boolean {
  return path.split(".").some((step, i, steps) => i >= 2 && steps[i - 1] === step && steps[i - 2] === step);
}

/** `getPlayers` reads `players`. */
function relationName({ method }: Operation): string {
  const name = /^get([A-Z]\w*)$/.exec(method)?.[1];
  return name === undefined ? method : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** So many paths are named in a sentence; the advice has them all. */
const namedPaths = 4;

/** "`author`, `author.country` and `tags`" */
export function pathWords({ paths }: RelationReads): string {
  const names = paths.slice(0, namedPaths).map(({ path }) => `\`${path}\``);
  if (paths.length > namedPaths) return `${names.join(", ")} and ${String(paths.length - namedPaths)} more`;
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** Where the rows are read, and each further place, for a finding that stands at the query. */
export function accessPlaces({ all, built, first }: RelationReads): readonly RelatedPlace[] {
  const out: RelatedPlace[] = [];
  const seen = new Set<string>();
  const add = (place: Place, role: string, note: string): void => {
    const key = `${place.file}:${place.line}`;
    if (seen.has(key)) return;
    seen.add(key);
    out.push({ place, role, note });
  };
  if (built !== undefined) seen.add(`${built.file}:${built.line}`);
  else seen.add(`${first.site.file}:${first.site.line}`);
  for (const { site, operation } of all) {
    const name = operation.relationPath ?? relationName(operation);
    add(site, "read for each row", name);
    add(operation.place, "reads it", name);
  }
  const rows = first.loop.rows?.place;
  if (built === undefined && rows !== undefined) add(rows, "the query of the rows", first.loop.rows?.method ?? "");
  return out;
}

const justMade = "the rows belong to one that was just made";

/** The list belongs to a row that the same code has made: it holds what was put there since. */
export function newReason({ rows }: Loop): readonly string[] {
  return rows?.spec.few === "new" ? [justMade] : [];
}

/** What all of the reads share that makes them few. */
export function fewReads({ all, first }: RelationReads): readonly string[] {
  const target = `\`${first.operation.table ?? ""}\``;
  if (!all.every(({ operation }) => operation.spec.few !== undefined)) return [];
  if (all.every(({ operation }) => operation.spec.few === "new")) return [justMade];
  return all.some(({ operation }) => operation.spec.few === "hub")
    ? [`most tables refer to ${target}, which then holds few rows, and a session reads each of them once`]
    : [`the list belongs to one row, and a session reads each ${target} once`];
}

/** How the rows' query loads them too, in the words of the data layer. */
export function eagerAdvice(reads: RelationReads): string {
  const { operation, loop } = reads.first;
  const leaves = reads.paths.filter(({ path }) => !reads.paths.some((other) => other.path.startsWith(`${path}.`)));
  const said = (eager[operation.library] ?? eagerElsewhere)(leaves, loop.rows?.relationPath === undefined ? (loop.rows?.table ?? "") : "");
  return `Load them with the rows: ${said} on the query that reads the list.`;
}

type Eager = (paths: readonly RelationPath[], table: string) => string;

function quoted(paths: readonly RelationPath[], separator: string): string {
  return paths.map(({ path }) => `"${path.replaceAll(".", separator)}"`).join(", ");
}

function djangoWords(paths: readonly RelationPath[]): string {
  const single = paths.filter((one) => one.single);
  const others = paths.filter((one) => !one.single && !one.counted);
  const counted = paths.filter((one) => !one.single && one.counted);
  const parts: string[] = [];
  if (single.length > 0) parts.push(`\`.select_related(${quoted(single, "__")})\``);
  if (others.length > 0) parts.push(`\`.prefetch_related(${quoted(others, "__")})\``);
  for (const one of counted) parts.push(`\`.annotate(… = Count(${quoted([one], "__")}, distinct=True))\``);
  return parts.join(" and ");
}

function sqlalchemyWords(paths: readonly RelationPath[], table: string): string {
  const options = paths.map(({ path, single, targets }) =>
    path
      .split(".")
      .map((name, i) => {
        const owner = i === 0 ? table : (targets[i - 1] ?? "");
        return `${single ? "joinedload" : "selectinload"}(${owner === "" ? "…" : owner}.${name})`;
      })
      .join("."),
  );
  return `\`.options(${options.join(", ")})\``;
}

const eager: Readonly<Record<string, Eager>> = {
  django: djangoWords,
  sqlalchemy: sqlalchemyWords,
  sequelize: (paths) => `\`include: [${quoted(paths, ".")}]\``,
  typeorm: (paths) => `\`relations: [${quoted(paths, ".")}]\``,
  mongoose: (paths) => `\`.populate([${quoted(paths, ".")}])\``,
  "mikro-orm": (paths) => `\`populate: [${quoted(paths, ".")}]\``,
};

const eagerElsewhere: Eager = (paths) => `an eager load of ${quoted(paths, ".")}`;
