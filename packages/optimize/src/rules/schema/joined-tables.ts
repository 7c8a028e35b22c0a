/** The joins behind names of relations: `author.name` needs the table of the author, by the key that leads there. */
import { quoted } from "../../model/schema-ddl.ts";
import { columnNamed, plainName, tableNamed, type Dialect, type Schema, type Table } from "../../model/schema.ts";

export interface Link {
  readonly table: Table;
  /** Columns of the table that it starts from, and the ones that they equal in the other. */
  readonly pairs: readonly (readonly [string, string])[];
  /** One row of the other at most. */
  readonly single: boolean;
}

/** Where a relation leads; undefined when the schema does not say by which key, or by which of several. */
export function linkOf(schema: Schema, from: Table, name: string): Link | undefined {
  const relation = from.relations.find((one) => one.name === name);
  const target = relation === undefined ? undefined : tableNamed(schema, relation.table);
  const own = from.foreignKeys.filter((key) => isNamed(from, key.columns, name));
  const keys =
    own.length === 1 ? own : target === undefined ? [] : from.foreignKeys.filter((key) => plainName(key.table) === plainName(target.name));
  const [key, another] = keys;
  if (key !== undefined && another === undefined && relation?.kind !== "many") {
    const table = tableNamed(schema, key.table);
    const references = key.references.length > 0 ? key.references : (table?.primaryKey ?? []);
    if (table === undefined || references.length !== key.columns.length) return undefined;
    return { table, pairs: key.columns.map((column, place) => [column, references[place] ?? ""] as const), single: true };
  }
  if (target === undefined) return undefined;
  const [back, second] = target.foreignKeys.filter((one) => plainName(one.table) === plainName(from.name));
  if (back === undefined || second !== undefined) return undefined;
  const references = back.references.length > 0 ? back.references : from.primaryKey;
  if (references.length !== back.columns.length) return undefined;
  return {
    table: target,
    pairs: back.columns.map((column, place) => [references[place] ?? "", column] as const),
    single: relation?.kind === "one",
  };
}

/** `author` is the relation of `author_id` and of `authorId`. */
function isNamed(table: Table, [only, second]: readonly string[], name: string): boolean {
  if (only === undefined || second !== undefined) return false;
  const column = columnNamed(table, only);
  const plain = (text: string): string => text.toLowerCase().replaceAll("_", "");
  return [only, column?.property ?? only].some((one) => [plain(name), `${plain(name)}id`].includes(plain(one)));
}

export interface Joins {
  readonly texts: readonly string[];
  /** The column at the end of a path of relations, `author.name`, as the statement names it; undefined when a step is not known. */
  readonly column: (path: string) => string | undefined;
  /** Joins the table at the end of a path; false when a step is not known. */
  readonly reach: (path: readonly string[]) => boolean;
}

interface Joined {
  readonly table: Table;
  readonly alias: string;
}

/** The joins of one statement, each path once. */
export function joinsOf(schema: Schema, root: Table, dialect: Dialect): Joins {
  const texts: string[] = [];
  const known = new Map<string, Joined>([["", { table: root, alias: root.name }]]);
  const name = (text: string): string => quoted(text, dialect);

  function reach(path: readonly string[]): Joined | undefined {
    const key = path.join(".");
    const before = known.get(key) ?? undefined;
    if (before !== undefined) return before;
    const from = reach(path.slice(0, -1));
    const link = from === undefined ? undefined : linkOf(schema, from.table, path.at(-1) ?? "");
    if (from === undefined || link === undefined) return undefined;
    const taken = [...known.values()].some(({ alias }) => alias === link.table.name);
    const alias = taken ? path.join("_") : link.table.name;
    const on = link.pairs.map(([own, other]) => `${name(alias)}.${name(other)} = ${name(from.alias)}.${name(own)}`);
    texts.push(`LEFT JOIN ${name(link.table.name)}${taken ? ` AS ${name(alias)}` : ""} ON ${on.join(" AND ")}`);
    const found = { table: link.table, alias };
    known.set(key, found);
    return found;
  }

  return {
    texts,
    reach: (path) => reach(path) !== undefined,
    column: (path) => {
      const parts = path.split(".");
      const last = parts.at(-1) ?? "";
      const found = parts.length < 2 ? undefined : reach(parts.slice(0, -1));
      const of = found === undefined ? undefined : columnNamed(found.table, last === "pk" ? (found.table.primaryKey[0] ?? "") : last);
      return found === undefined || of === undefined ? undefined : `${name(found.alias)}.${name(of.name)}`;
    },
  };
}
