import type { Column, Index, Schema, Table } from "../../../src/model/schema.ts";

export const column = (name: string, type: string): Column => ({ name, type, nullable: false });

export const index = (...columns: readonly string[]): Index => ({
  columns: columns.map((name) => ({ name: name.replace("-", ""), order: name.startsWith("-") ? "desc" : "asc" })),
  unique: false,
  method: "btree",
  include: [],
  origin: "declared",
});

export function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  return { name, models: [], columns, primaryKey: ["id"], uniques: [], indexes: [], foreignKeys: [], relations: [], ...more };
}

export const schemaOf = (...tables: readonly Table[]): Schema => ({
  dialect: "postgresql",
  name: "",
  tables,
  extensions: [],
  drift: [],
  unknown: [],
  sources: [],
});

/** Two tables, one of which refers to the other. */
export const shop = schemaOf(
  table("users", [column("id", "integer"), column("email", "text"), { ...column("state", "text"), values: ["on", "off", "gone"] }]),
  table("orders", [column("id", "bigint"), column("user_id", "integer"), column("total", "numeric"), column("created_at", "timestamptz")], {
    foreignKeys: [{ columns: ["user_id"], table: "users", references: ["id"] }],
  }),
);
