/** Statements with the tables and columns of the schema that they ask. */
import type { Operation, Project } from "../../model/project.ts";
import type { AskedColumn, QueryShape } from "../../model/query-shape.ts";
import { emptyShape } from "../../model/query-shape.ts";
import type { Column, IndexColumn, Schema, Table } from "../../model/schema.ts";
import { columnNamed, tableNamed } from "../../model/schema.ts";
import { isHot } from "../gates/hot.ts";

export interface KnownTable {
  readonly schema: Schema;
  readonly table: Table;
}

/** One way of asking one table, with its columns known. */
export interface Asked extends KnownTable {
  readonly operation: Operation;
  readonly shape: QueryShape;
  /** Conditions on the table's own columns that an index answers as equality. */
  readonly equal: readonly AskedIn[];
  readonly range: readonly AskedIn[];
  /** Every condition on an own column, whatever it is. */
  readonly all: readonly AskedIn[];
  /** A condition names something that is no column of the table, as far as is known: a field of a joined table, or one that was not read. */
  readonly unknown: boolean;
}

export interface AskedIn extends AskedColumn {
  readonly of: Column;
}

const libraries: Readonly<Record<string, string>> = {
  prisma: "Prisma",
  django: "Django",
  sequelize: "Sequelize",
  typeorm: "TypeORM",
  drizzle: "Drizzle",
  sqlalchemy: "SQLAlchemy",
  mongoose: "Mongoose",
};

/** Tables that the operation may mean: those of its own library's models first. A name that several databases have gives several. */
export function tablesOf(project: Project, { table: name, library }: Pick<Operation, "table" | "library">): readonly KnownTable[] {
  if (name === undefined || name === "") return [];
  const found = project.schemas.flatMap((schema): readonly KnownTable[] => {
    const table = tableNamed(schema, name);
    return table === undefined ? [] : [{ schema, table }];
  });
  const by = libraries[library];
  const own =
    by === undefined ? [] : found.filter(({ schema }) => schema.sources.some((source) => source.by === by && source.kind === "models"));
  return own.length > 0 ? own : found;
}

/** What hot statements ask, where the schema knows their table; statements of start-up, commands and tests are left out. */
export function askedTables(project: Project): readonly Asked[] {
  const known = asked.get(project);
  if (known !== undefined) return known;
  const out: Asked[] = [];
  if (project.schemas.length > 0)
    for (const operation of project.operations)
      if (operation.kind.startsWith("db-") && !operation.place.function.module && isReached(project, operation))
        out.push(...askedBy(project, operation));
  asked.set(project, out);
  return out;
}

/** The ways in which one statement asks its table; none where nothing is known of it, or which of several databases it asks. */
export function askedBy(project: Project, operation: Operation): readonly Asked[] {
  const [only, other] = tablesOf(project, operation);
  if (only === undefined || other !== undefined) return [];
  return (operation.shapes ?? wholeTable(operation)).map((shape) => resolved(operation, shape, only));
}

/** Nothing but the table is asked: what a model says of its rows holds. */
function wholeTable({ kind, spec, sql, library, method }: Operation): readonly QueryShape[] {
  const plain = kind === "db-read" && spec.list === true && spec.lazy === undefined && sql === undefined && method !== "raw";
  // Options that hold no filter are seen to hold none: what cannot be seen is said.
  const said = library === "django" || (spec.filter !== undefined && spec.where === undefined && spec.sql === undefined);
  return plain && said && spec.relation === undefined ? [emptyShape] : [];
}

const asked = new WeakMap<Project, readonly Asked[]>();

/** Requests, jobs and messages lead there; or users of a framework whose programs call what is published. */
export function isReached(project: Project, { place }: Operation): boolean {
  if (project.entries.length === 0) return true;
  const entries = project.routesReaching(place.function);
  // A command of the framework is run by a timer as often as by hand.
  return (
    isHot(project, place.function) ||
    entries.some(({ kind }) => kind === "command") ||
    (project.isPublished(place.function) && entries.length === 0)
  );
}

function resolved(operation: Operation, shape: QueryShape, { schema, table }: KnownTable): Asked {
  const all: AskedIn[] = [];
  let unknown = false;
  for (const condition of shape.conditions) {
    const of = columnOf(table, condition.column);
    if (of === undefined) unknown = true;
    else all.push({ ...condition, of });
  }
  return {
    operation,
    shape,
    schema,
    table,
    equal: all.filter(({ by, wrapped }) => (by === "equal" || by === "list") && wrapped === undefined),
    range: all.filter(({ by, wrapped }) => (by === "range" || by === "prefix") && wrapped === undefined),
    all,
    unknown,
  };
}

/** The column that a condition or an order names: `author` is `author_id`, `author.id` too; a field of another table is none. */
export function columnOf(table: Table, name: string): Column | undefined {
  const parts = name.split(".");
  if (parts.length === 1 || parts[0]?.toLowerCase() === table.name.toLowerCase()) {
    const last = parts.at(-1) ?? "";
    if (last === "pk" && table.primaryKey.length === 1) return columnNamed(table, table.primaryKey[0] ?? "");
    return columnNamed(table, last);
  }
  if (parts.length === 2 && (parts[1] === "id" || parts[1] === "pk")) {
    const key = columnNamed(table, parts[0] ?? "");
    return key !== undefined && table.foreignKeys.some((one) => one.columns.length === 1 && one.columns[0] === key.name) ? key : undefined;
  }
  return undefined;
}

/** The order of the rows: what the statement says, else what the model says; undefined when it cannot be told. */
export function orderOf({
  shape,
  table,
  operation,
}: Asked): { readonly columns: readonly IndexColumn[]; readonly byModel: boolean } | undefined {
  if (shape.sortOpen || shape.random === true) return undefined;
  if (shape.sort.length === 0) {
    const { ordering } = table;
    return ordering === undefined || shape.unsorted === true || operation.spec.list !== true
      ? undefined
      : { columns: ordering, byModel: true };
  }
  const columns: IndexColumn[] = [];
  for (const { column, order } of shape.sort) {
    const of = columnOf(table, column);
    if (of === undefined) return undefined;
    columns.push({ name: of.name, order });
  }
  return { columns, byModel: false };
}
