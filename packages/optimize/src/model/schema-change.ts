/** What one step of a migration, or one declaration of a model, says of a schema: the vocabulary that every reader speaks. */
import type {
  Column,
  Dialect,
  ForeignKey,
  Index,
  IndexColumn,
  SchemaRelation,
  SchemaSite,
  SchemaSourceKind,
  UnknownPart,
} from "./schema.ts";

export type SchemaChange =
  | {
      readonly kind: "table";
      readonly table: string;
      readonly schema?: string;
      readonly model?: string;
      readonly site: SchemaSite;
      readonly partial?: string;
    }
  | { readonly kind: "drop-table"; readonly table: string }
  | { readonly kind: "rename-table"; readonly table: string; readonly to: string }
  /** Adds the column, or says something new of it: members that are absent stay as they were. */
  | {
      readonly kind: "column";
      readonly table: string;
      readonly column: ColumnChange;
      /** Where it is changed that was there before. */ readonly changedAt?: SchemaSite;
    }
  | { readonly kind: "drop-column"; readonly table: string; readonly name: string }
  | { readonly kind: "rename-column"; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: "primary-key"; readonly table: string; readonly columns: readonly string[]; readonly name?: string }
  /** `gently`: others may write meanwhile (CONCURRENTLY, NOT VALID). */
  | { readonly kind: "index"; readonly table: string; readonly index: Index; readonly gently?: true }
  /** Without a name: the one with these columns. */
  | {
      readonly kind: "drop-index";
      readonly table?: string;
      readonly name?: string;
      readonly columns?: readonly string[];
      readonly unnamed?: true;
      /** What follows says anew which index there is. */
      readonly replaced?: true;
    }
  | { readonly kind: "rename-index"; readonly name: string; readonly to: string }
  | { readonly kind: "foreign-key"; readonly table: string; readonly key: ForeignKey; readonly gently?: true }
  | { readonly kind: "ordering"; readonly table: string; readonly columns: readonly IndexColumn[]; readonly site: SchemaSite }
  | { readonly kind: "relation"; readonly table: string; readonly relation: SchemaRelation }
  /** Has the columns, keys and indexes of the other table, as they are now. */
  | { readonly kind: "like"; readonly table: string; readonly other: string }
  | { readonly kind: "enum"; readonly name: string; readonly values: readonly string[]; readonly adds?: boolean }
  | { readonly kind: "soft-delete"; readonly table: string }
  | { readonly kind: "extension"; readonly name: string };

export type ColumnChange = Pick<Column, "name"> & Partial<Omit<Column, "name">>;

/** What one reader made of the files of one database. */
export interface SchemaPart {
  /** "Prisma", "Django" …; with the data layer's id, by which queries find it. */
  readonly by: string;
  readonly library: string | undefined;
  readonly kind: SchemaSourceKind;
  readonly dialect: Dialect;
  /** Folder of what declares it, relative to the scanned folder. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly changes: readonly SchemaChange[];
  readonly unknown: readonly UnknownPart[];
}

/** An index on plain columns, ascending. */
export function plainIndex(columns: readonly string[], more: Partial<Index> = {}): Index {
  return {
    columns: columns.map((name) => ({ name, order: "asc" })),
    unique: false,
    method: "btree",
    include: [],
    origin: "declared",
    ...more,
  };
}
