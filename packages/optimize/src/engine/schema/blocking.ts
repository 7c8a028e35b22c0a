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
  const types = new Map<string, string>();
  return changes.flatMap((change): BlockingChange[] => {
    const found = blockingChange(change, types);
    if (change.kind === "column") types.set(`${plainName(change.table)}.${change.column.name}`, change.column.type ?? "");
    return found === undefined || !newest.has(found.site.file) || !older.has(plainName(found.table))
      ? []
      : [{ ...found, by, ...(newest.size > 1 ? { unsure: true } : {}) }];
  });
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

function blockingChange(change: SchemaChange, types: ReadonlyMap<string, string>): Omit<BlockingChange, "by"> | undefined {
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
      if (column.nullable === false) return of("not null", table, [column.name], changedAt);
      const before = types.get(`${plainName(table)}.${column.name}`) ?? "";
      return column.type === undefined || !isRewritten(before, column.type) ? undefined : of("type", table, [column.name], changedAt);
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
