/** What the newest migration does to tables that older ones made, while their rows are gone through under a lock. */
import { byVersion } from "../../languages/schemas/sql-files.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import type { BlockingChange, Dialect, SchemaSite } from "../../model/schema.ts";
import { plainName } from "../../model/schema.ts";

/** Only PostgreSQL: other servers build indexes and check keys while others write, or lock in ways of their own. */
export function blockingIn(parts: readonly SchemaPart[], dialect: Dialect): { readonly blocking?: readonly BlockingChange[] } {
  if (dialect !== "postgresql") return {};
  const blocking = parts.flatMap((part) => (part.kind === "migrations" ? inPart(part) : []));
  return blocking.length === 0 ? {} : { blocking };
}

function inPart({ files, changes, by }: SchemaPart): readonly BlockingChange[] {
  const newest = new Set(newestOf(files));
  // What older migrations did ran long ago.
  const older = new Set<string>();
  for (const change of changes) if (change.kind === "table" && !newest.has(change.site.file)) older.add(plainName(change.table));
  const before: Before = { types: new Map(), required: new Set(), made: new Set() };
  return changes.flatMap((change): BlockingChange[] => {
    const found = blockingChange(change, before);
    note(change, before);
    return found === undefined || !newest.has(found.site.file) || !older.has(plainName(found.table))
      ? []
      : [{ ...found, by, ...(newest.size > 1 ? { unsure: true } : {}) }];
  });
}

/** What was there when a change came: saying a field anew does nothing to what stays as it was. */
interface Before {
  readonly types: Map<string, string>;
  /** Columns that are NOT NULL. */
  readonly required: Set<string>;
  /** Indexes and foreign keys. */
  readonly made: Set<string>;
}

function note(change: SchemaChange, { types, required, made }: Before): void {
  switch (change.kind) {
    case "column": {
      const { table, column } = change;
      const name = `${plainName(table)}.${column.name}`;
      if (column.type !== undefined) types.set(name, column.type);
      if (column.nullable === false) required.add(name);
      else if (column.nullable === true) required.delete(name);
      return;
    }
    case "index":
    case "foreign-key":
      made.add(nameOf(change));
      return;
    case "drop-index":
      // What follows says which of them stay.
      if (change.replaced !== true && change.table !== undefined && change.columns !== undefined)
        for (const unique of [true, false]) made.delete(indexName(change.table, change.columns, unique));
      return;
    case "drop-table":
    case "drop-column": {
      const start = `${plainName(change.table)} `;
      const gone = change.kind === "drop-column" ? change.name : undefined;
      for (const name of made)
        if (name.startsWith(start) && (gone === undefined || name.slice(start.length).split(/[ ,]/u).includes(gone))) made.delete(name);
      return;
    }
    case "rename-table":
      for (const name of made)
        if (name.startsWith(`${plainName(change.table)} `))
          made.add(`${plainName(change.to)}${name.slice(plainName(change.table).length)}`);
      return;
    default:
      return;
  }
}

function nameOf(change: Extract<SchemaChange, { kind: "index" | "foreign-key" }>): string {
  if (change.kind === "foreign-key") return `${plainName(change.table)} ${change.key.columns.join()} -> ${plainName(change.key.table)}`;
  const { columns, unique, method, where = "" } = change.index;
  const names = columns.map(({ name, expression = "", order }) => `${name ?? expression}${order === "desc" ? " desc" : ""}`);
  return indexName(change.table, names, unique) + (method === "btree" ? "" : method) + where;
}

function indexName(table: string, columns: readonly string[], unique: boolean): string {
  return `${plainName(table)} ${columns.join()} ${unique ? "unique" : ""}`;
}

/** The last file of each folder of migrations; tools that give each a folder of its own name them alike. */
function newestOf(files: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.replace(/(?:\/?[^/]*\/(?:migration|up)\.sql|\/?[^/]*)$/u, "");
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((all) => (all.length < 2 ? [] : [all.toSorted(byVersion).at(-1) as string]));
}

function blockingChange(change: SchemaChange, { types, required, made }: Before): Omit<BlockingChange, "by"> | undefined {
  if ((change.kind === "index" || change.kind === "foreign-key") && made.has(nameOf(change))) return undefined;
  switch (change.kind) {
    case "index": {
      const { table, index, gently } = change;
      if (gently === true || index.site === undefined) return undefined;
      return of(
        "index",
        table,
        index.columns.flatMap(({ name }) => name ?? []),
        index.site,
      );
    }
    case "foreign-key": {
      const { table, key, gently } = change;
      return gently === true || key.site === undefined || key.virtual === true
        ? undefined
        : of("foreign key", table, key.columns, key.site);
    }
    case "column": {
      const { table, column, changedAt } = change;
      if (changedAt === undefined) return undefined;
      const name = `${plainName(table)}.${column.name}`;
      if (column.nullable === false && !required.has(name)) return of("not null", table, [column.name], changedAt);
      return column.type === undefined || !isRewritten(types.get(name) ?? "", column.type)
        ? undefined
        : of("type", table, [column.name], changedAt);
    }
    default:
      return undefined;
  }
}

function of(kind: BlockingChange["kind"], table: string, columns: readonly string[], site: SchemaSite): Omit<BlockingChange, "by"> {
  return { kind, table, columns, site };
}

/** Longer texts and texts without a length are the same on disk. */
function isRewritten(before: string, after: string): boolean {
  if (before === "" || before === after) return false;
  const texts = [before, after].map((type) => /^(?:varchar|character varying|text)(?:\((\d+)\))?$/u.exec(type));
  const [from, to] = texts;
  if (from === undefined || to === undefined || from === null || to === null) return true;
  return to[1] !== undefined && Number(to[1]) < Number(from[1] ?? Infinity);
}
