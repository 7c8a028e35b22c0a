/** An index in the language in which the project changes its schema. */
import { indexDdl, indexName } from "../../model/schema-ddl.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { Index, IndexColumn, Schema, Table } from "../../model/schema.ts";

/** What to write, ready to paste; without backquotes around it. */
export function indexText(schema: Schema, table: Table, columns: readonly IndexColumn[], more: Partial<Index> = {}): string {
  const index: Index = { ...plainIndex([]), ...more, columns };
  const by = schema.sources.find(({ kind }) => kind === "models")?.by ?? schema.sources[0]?.by ?? "";
  const migrations = schema.sources.some(({ kind }) => kind === "migrations");
  const writer = writers[by === "Sequelize" && !migrations ? "Sequelize models" : by];
  return writer === undefined ? indexDdl(table, named(table, index), schema.dialect, { concurrently: true }) : writer(schema, table, index);
}

type Writer = (schema: Schema, table: Table, index: Index) => string;

const property = (table: Table, { name = "" }: IndexColumn): string =>
  table.columns.find((column) => column.name === name)?.property ?? name;

const writers: Readonly<Record<string, Writer>> = {
  Prisma: (_, table, index) => {
    const columns = index.columns.map((column) => property(table, column) + (column.order === "desc" ? "(sort: Desc)" : ""));
    return `@@${index.unique ? "unique" : "index"}([${columns.join(", ")}])`;
  },
  Django: (_, table, index) => {
    const fields = index.columns.map((column) => `"${column.order === "desc" ? "-" : ""}${property(table, column)}"`).join(", ");
    if (index.unique) return `models.UniqueConstraint(fields=[${fields}], name="${indexName(table, index)}")`;
    const [only] = index.columns;
    if (index.columns.length === 1 && index.where === undefined && only?.order === "asc") return "db_index=True";
    const condition =
      index.where === undefined
        ? ""
        : `, condition=models.Q(${index.where.replaceAll('"', "").replace(/ = (true|false)$/, (_all, word: string) => `=${word === "true" ? "True" : "False"}`)})`;
    return `models.Index(fields=[${fields}]${condition}, name="${indexName(table, index).slice(0, 30)}")`;
  },
  Sequelize: (schema, table, index) => {
    const columns = index.columns
      .map((column) => (column.order === "desc" ? `{ name: "${column.name ?? ""}", order: "DESC" }` : `"${column.name ?? ""}"`))
      .join(", ");
    const options = [index.unique ? "unique: true" : "", schema.dialect === "postgresql" ? "concurrently: true" : ""].filter(
      (one) => one !== "",
    );
    return `queryInterface.addIndex("${table.name}", [${columns}]${options.length === 0 ? "" : `, { ${options.join(", ")} }`})`;
  },
  "Sequelize models": (_, table, index) =>
    `indexes: [{ ${index.unique ? "unique: true, " : ""}fields: [${index.columns.map((column) => `"${property(table, column)}"`).join(", ")}] }]`,
  TypeORM: (_, table, index) =>
    `@${index.unique ? "Unique" : "Index"}([${index.columns.map((column) => `"${property(table, column)}"`).join(", ")}])`,
  Drizzle: (_, table, index) =>
    `${index.unique ? "uniqueIndex" : "index"}("${indexName(table, index)}").on(${index.columns.map((column) => `table.${property(table, column)}${column.order === "desc" ? ".desc()" : ""}`).join(", ")})`,
  SQLAlchemy: (_, table, index) =>
    `Index("${indexName(table, index)}", ${index.columns.map((column) => `"${column.name ?? ""}"`).join(", ")}${index.unique ? ", unique=True" : ""})`,
  Mongoose: (_, __, index) =>
    `schema.index({ ${index.columns.map((column) => `${column.name ?? ""}: ${column.order === "desc" ? -1 : 1}`).join(", ")} }${index.unique ? ", { unique: true }" : ""})`,
  "Knex migrations": (_, table, index) =>
    `table.${index.unique ? "unique" : "index"}([${index.columns.map((column) => `"${column.name ?? ""}"`).join(", ")}])`,
};

function named(table: Table, index: Index): Index {
  return { name: indexName(table, index), ...index };
}
