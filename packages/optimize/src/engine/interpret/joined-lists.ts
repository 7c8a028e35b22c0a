/** Relations to many that a statement joins: each of them multiplies its rows by those of the others. */
import type { EffectSpec } from "../../model/effect.ts";
import type { Activation } from "./activation.ts";
import type { Asked, LibraryOrigin } from "./drafts.ts";
import { at } from "./drafts.ts";
import type { Operation } from "./operation.ts";
import { relationNamed } from "./relations.ts";
import { relationOf } from "./schema.ts";
import { tableName } from "./tables.ts";
import type { Value } from "./value.ts";
import { constantOf, truthiness, unknown } from "./value.ts";

/** Where a name that stands for joined rows leads: `leftJoinAndSelect("order.lines", "line")`. */
interface Alias {
  readonly path: string;
  readonly table: string | undefined;
}

/** What a builder has joined so far. */
export interface Joined {
  /** Paths of relations to many, from the rows that are asked for. */
  readonly lists: readonly string[];
  readonly aliases: Readonly<Record<string, Alias>>;
}

interface Reader {
  readonly act: Activation;
  readonly like: LibraryOrigin;
  readonly lists: string[];
}

const deepest = 4;

/** With what this call adds; undefined when nothing is known to be joined. */
export function joinedAfter(
  act: Activation,
  before: Joined | undefined,
  sets: Partial<EffectSpec>,
  asked: Asked,
  table: string | undefined,
): Joined | undefined {
  const { receiver } = asked;
  if (receiver === undefined || sets.eager === undefined || sets.eagerBy === "statement") return before;
  const apart = sets.joinsUnless;
  if (apart !== undefined && constantOf(at(asked, apart.where) ?? unknown)?.value === apart.is) return before;
  const r: Reader = { act, like: receiver, lists: [...(before?.lists ?? [])] };
  const aliases = { ...before?.aliases };
  const alias = sets.eagerAs === undefined ? undefined : constantOf(at(asked, sets.eagerAs) ?? unknown)?.value;
  for (const where of sets.eager) {
    const value = at(asked, where);
    if (value === undefined) continue;
    if (typeof alias === "string") aliased(r, value, alias, aliases, table);
    else read(r, value, { path: "", table }, 0);
  }
  return r.lists.length === 0 && Object.keys(aliases).length === 0 ? before : { lists: [...new Set(r.lists)], aliases };
}

function aliased(r: Reader, value: Value, alias: string, aliases: Record<string, Alias>, table: string | undefined): void {
  const text = constantOf(value)?.value;
  if (typeof text !== "string" || !text.includes(".")) return;
  const [from = "", name = ""] = text.split(".");
  const end = step(r, aliases[from] ?? { path: "", table }, name);
  if (end !== undefined) aliases[alias] = end;
}

/** One relation further; undefined when the program declares none of that name. */
function step(r: Reader, { path, table }: Alias, name: string, target?: string): Alias | undefined {
  const relation = table === undefined ? undefined : relationNamed(r.act, { ...r.like, table }, name);
  if (relation === undefined && target === undefined) return undefined;
  const end = path === "" ? name : `${path}.${name}`;
  if (relation?.many === true) r.lists.push(end);
  return { path: end, table: relation?.table ?? target };
}

/** `["lines", "author.books"]`, `{ lines: { item: true } }`, `[{ model: Line, as: "lines", include: […] }]` */
function read(r: Reader, value: Value, from: Alias, depth: number): void {
  if (depth > deepest) return;
  for (const origin of value.what) {
    if (origin.kind === "const" && typeof origin.value === "string") {
      let end: Alias | undefined = from;
      for (const name of origin.value.split(".")) end = end === undefined ? undefined : step(r, end, name);
    } else if (origin.kind === "array") for (const one of origin.elements ?? []) read(r, one, from, depth + 1);
    else if (origin.kind === "object") {
      const { props } = origin.object;
      if (props.has("model") || props.has("association") || props.has("as")) option(r, props, from, depth);
      else
        for (const [name, one] of props) {
          const end = constantOf(one)?.value === false ? undefined : step(r, from, name);
          if (end !== undefined) read(r, one, end, depth + 1);
        }
    } else if (origin.kind === "class" || origin.kind === "library") {
      const target = tableName(r.act.world, { what: [origin], deps: value.deps, key: undefined });
      if (target !== undefined) step(r, from, target, target);
    }
  }
}

/** Read apart, or joined for a condition only: its rows are not in the answer. Of those that a condition of its own picks there may be one. */
function option(r: Reader, props: ReadonlyMap<string, Value>, from: Alias, depth: number): void {
  const { world } = r.act;
  if (truthiness(props.get("separate") ?? unknown) === true || props.has("limit") || props.has("where")) return;
  const columns = props.get("attributes")?.what[0];
  if (columns?.kind === "array" && columns.elements?.length === 0) return;
  const target = tableName(world, props.get("model"));
  const named = constantOf(props.get("as") ?? props.get("association") ?? unknown)?.value;
  const name = typeof named === "string" ? named : target;
  const end = name === undefined ? undefined : step(r, from, name, target);
  const inner = props.get("include");
  if (end !== undefined && inner !== undefined) read(r, inner, end, depth + 1);
}

/** Relations that a query of a session loads in its own statement. */
export function noteJoinedRows(act: Activation, operation: Operation | undefined, query: LibraryOrigin | undefined): void {
  if (operation === undefined || query?.state === undefined || query.model === undefined || query.library.models?.identity !== true) return;
  const { eager, later } = query.state;
  const lists = eager.filter((path) => !later.includes(path) && leadsToMany(act, query, path));
  if (lists.length > 0 && operation.joinsLists === undefined) operation.joinsLists = lists;
}

function leadsToMany(act: Activation, { model }: LibraryOrigin, path: string): boolean {
  let ref = model;
  let many = false;
  for (const name of path.split(".")) {
    const relation = ref === undefined ? undefined : relationOf(act.world, ref, name);
    if (relation === undefined) return false;
    many = relation.many && relation.loads === undefined;
    ref = relation.target?.ref;
  }
  return many;
}
