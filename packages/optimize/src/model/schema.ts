/** The schema of one database as the project says it: one form for every ORM, for migrations, for SQL and for an export of a server. */

export type Dialect = "postgresql" | "mysql" | "sqlite" | "mssql" | "mongodb" | "unknown";

/** Where something is declared: path relative to the scanned folder, 1-based line. Absent for what a server said. */
export interface SchemaSite {
  readonly file: string;
  readonly line: number;
  readonly endLine?: number;
}

export interface Schema {
  readonly dialect: Dialect;
  /** Several databases in one project are several schemas: the folder, package or connection that tells them apart; "" for the only one. */
  readonly name: string;
  readonly tables: readonly Table[];
  /** Extensions of the server that types or indexes need: `pg_trgm`, `citext`. */
  readonly extensions: readonly string[];
  /** That the server gives to all programs together, from an export. */
  readonly connections?: number;
  readonly drift: readonly Drift[];
  /** What the newest migration does to tables that are there already while others wait. */
  readonly blocking?: readonly BlockingChange[];
  /** What could not be read. A table that is named here, or not at all, is unknown: nothing is said about its indexes. */
  readonly unknown: readonly UnknownPart[];
  /** What was read, in the order in which it was applied. */
  readonly sources: readonly SchemaSource[];
}

/** Kinds of places that say what a schema is. */
export type SchemaSourceKind = "models" | "migrations" | "sql" | "dump" | "export";

export interface SchemaSource {
  /** "Prisma", "Django", "Sequelize", "SQL". */
  readonly by: string;
  readonly kind: SchemaSourceKind;
  readonly files: readonly string[];
  readonly tables: number;
}

export interface Table {
  /** The schema (PostgreSQL) or database (MySQL) that holds it, when it is said. */
  readonly schema?: string;
  /** The name in the database; of a collection for MongoDB. */
  readonly name: string;
  /** Names by which code asks for it: the class or the key of the client. */
  readonly models: readonly string[];
  readonly columns: readonly Column[];
  /** Column names in order; empty when there is none, or none is known. */
  readonly primaryKey: readonly string[];
  /** Column names of each unique constraint; each is in `indexes` too. */
  readonly uniques: readonly (readonly string[])[];
  /** Every index: of the primary key, of constraints, made by the ORM or the server for foreign keys, and declared ones. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly relations: readonly SchemaRelation[];
  /** How rows come when a query says nothing else (Django's `Meta.ordering`). */
  readonly ordering?: readonly IndexColumn[];
  /** Where that is said. */
  readonly orderingSite?: SchemaSite;
  /** Removing a row marks it as removed, unless it is said otherwise. */
  readonly softDelete?: boolean;
  /** Columns of indexes that a migration took away: somebody thought that they are not needed. */
  readonly dropped?: readonly (readonly string[])[];
  /** Rows, from an export's statistics. */
  readonly rows?: number;
  readonly site?: SchemaSite;
  /** Only part of the table is known: columns and indexes may be missing here that the database has. */
  readonly partial?: string;
}

export interface Column {
  /** The name in the database. */
  readonly name: string;
  /** What code calls it, when that differs. */
  readonly property?: string;
  /** The dialect's own type in lower case with its arguments: `varchar(255)`, `timestamptz`; "" when unknown. */
  readonly type: string;
  readonly nullable: boolean;
  /** SQL text of the default. */
  readonly default?: string;
  readonly generated?: "identity" | "stored" | "virtual";
  /** The values that it may have, when they are few and known: an enum, a boolean, choices. */
  readonly values?: readonly string[];
  readonly site?: SchemaSite;
}

export interface IndexColumn {
  /** Exactly one of `name` and `expression` is set. */
  readonly name?: string;
  readonly expression?: string;
  readonly order: "asc" | "desc";
  /** Absent: as the dialect does by default for the order. */
  readonly nulls?: "first" | "last";
  readonly opclass?: string;
}

export interface Index {
  readonly name?: string;
  readonly columns: readonly IndexColumn[];
  readonly unique: boolean;
  /** btree, hash, gin, gist, brin, fulltext, spatial, text … */
  readonly method: string;
  /** Condition of a partial index, as SQL. */
  readonly where?: string;
  readonly include: readonly string[];
  /** Why it exists. "foreign key": the ORM or the server made it by itself. */
  readonly origin: "declared" | "primary key" | "unique" | "foreign key";
  readonly site?: SchemaSite;
}

export interface ForeignKey {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  /** Columns there; empty: its primary key. */
  readonly references: readonly string[];
  readonly onDelete?: "cascade" | "restrict" | "set null" | "set default" | "no action";
  /** The ORM keeps it; the database knows no constraint. */
  readonly virtual?: boolean;
  readonly site?: SchemaSite;
}

/** A relation as code names it. */
export interface SchemaRelation {
  readonly name: string;
  readonly kind: "one" | "many";
  readonly table: string;
}

/** Models and migrations that disagree. Advice uses what either of them has. */
export interface Drift {
  readonly table: string;
  /** The column, or the columns of the index. */
  readonly what: string;
  readonly kind: "table" | "column" | "index";
  /** Who has it, who does not. */
  readonly has: string;
  readonly lacks: string;
  readonly site?: SchemaSite;
}

/** A change of a table that holds a lock as long as it goes through the rows. */
export interface BlockingChange {
  readonly kind: "index" | "foreign key" | "type" | "not null";
  readonly table: string;
  readonly columns: readonly string[];
  readonly site: SchemaSite;
  /** Who says it: "SQL", "Django migrations". */
  readonly by: string;
  /** There are several folders of migrations, and the newest of one may be older than others. */
  readonly unsure?: true;
}

export interface UnknownPart {
  /** The table, when it is known which. */
  readonly table?: string;
  readonly file: string;
  readonly line?: number;
  /** What could not be read and why, as one sentence without a full stop. */
  readonly why: string;
}

/** The table that a name of code or SQL means; undefined when the schema does not know it. Compared without case, quotes and schema. */
export function tableNamed({ tables }: Schema, name: string): Table | undefined {
  const { byName, byModel } = namesOf(tables);
  const plain = plainName(name);
  return byName.get(plain) ?? byModel.get(plain);
}

interface TableNames {
  readonly byName: ReadonlyMap<string, Table>;
  readonly byModel: ReadonlyMap<string, Table>;
}

/** Every foreign key asks for its table: schemas of thousands of tables would be gone through for each. */
const namesKnown = new WeakMap<readonly Table[], TableNames>();

function namesOf(tables: readonly Table[]): TableNames {
  const known = namesKnown.get(tables);
  if (known !== undefined) return known;
  const byName = new Map<string, Table>();
  const byModel = new Map<string, Table>();
  // The first of two tables with one name is meant.
  for (const table of tables.toReversed()) {
    byName.set(plainName(table.name), table);
    for (const model of table.models) byModel.set(plainName(model), table);
  }
  namesKnown.set(tables, { byName, byModel });
  return { byName, byModel };
}

/** A column by its name in the database or in code. */
export function columnNamed(table: Table, name: string): Column | undefined {
  return (
    table.columns.find((column) => column.name === name || column.property === name) ??
    table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
  );
}

export function plainName(name: string): string {
  const bare = name.replaceAll(/["`[\]]/g, "");
  return bare.slice(bare.lastIndexOf(".") + 1).toLowerCase();
}
