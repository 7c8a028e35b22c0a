/** Schemas of sources in memory, and tables in a few words. */
import { analyzeSources } from "../../../src/engine/analyze.ts";
import type { Index, Schema, Table } from "../../../src/model/schema.ts";
import { tableNamed } from "../../../src/model/schema.ts";

export async function schemasOf(files: Readonly<Record<string, string>>): Promise<readonly Schema[]> {
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return project.schemas;
}

export async function schemaOf(files: Readonly<Record<string, string>>): Promise<Schema> {
  const schemas = await schemasOf(files);
  if (schemas.length !== 1) throw new Error(`${schemas.length} schemas: ${schemas.map(({ name }) => name).join(", ")}`);
  return schemas[0] as Schema;
}

export function tableOf(schema: Schema, name: string): Table {
  const table = tableNamed(schema, name);
  if (table === undefined) throw new Error(`no table ${name} among ${schema.tables.map((one) => one.name).join(", ")}`);
  return table;
}

/** "unique gin (a, lower(b) desc) include (c) where x = 1", sorted; the primary key's is "key (id)". */
export function indexesOf(table: Table): readonly string[] {
  return table.indexes.map(words).sort();
}

function words(index: Index): string {
  const kind = index.origin === "primary key" ? "key" : index.unique ? "unique" : index.origin === "foreign key" ? "fk" : "index";
  const columns = index.columns.map(({ name, expression, order, opclass }) =>
    [name ?? `(${expression ?? ""})`, opclass ?? "", order === "desc" ? "desc" : ""].filter((word) => word !== "").join(" "),
  );
  const method = index.method === "btree" ? "" : ` ${index.method}`;
  const include = index.include.length === 0 ? "" : ` include (${index.include.join(", ")})`;
  return `${kind}${method} (${columns.join(", ")})${include}${index.where === undefined ? "" : ` where ${index.where}`}`;
}

/** "a int not null", in order. */
export function columnsOf(table: Table): readonly string[] {
  return table.columns.map(({ name, type, nullable }) => `${name} ${type}${nullable ? "" : " not null"}`);
}
