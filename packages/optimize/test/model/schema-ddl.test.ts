import { describe, expect, it } from "vitest";
import { indexDdl, schemaDdl } from "../../src/model/schema-ddl.ts";
import type { Column, Index, Schema, Table } from "../../src/model/schema.ts";
import { columnNamed, tableNamed } from "../../src/model/schema.ts";

const column = (name: string, type: string, nullable = false): Column => ({ name, type, nullable });
const index = (names: readonly string[], rest: Partial<Index> = {}): Index => ({
  columns: names.map((name) => ({ name, order: "asc" })),
  unique: false,
  method: "btree",
  include: [],
  origin: "declared",
  ...rest,
});

const orders: Table = {
  schema: "shop",
  name: "orders",
  models: ["Order"],
  columns: [column("id", "bigserial"), column("customerId", "uuid"), column("status", "order_status"), column("tags", "text[]", true)],
  primaryKey: ["id"],
  uniques: [],
  indexes: [
    index(["id"], { origin: "primary key", unique: true }),
    index(["customerId"], { where: "status = 'open'", include: ["tags"] }),
    index([], {}),
  ],
  foreignKeys: [{ columns: ["customerId"], table: "customers", references: [], onDelete: "cascade" }],
  relations: [],
};
const schema: Schema = {
  dialect: "postgresql",
  name: "",
  tables: [orders, { ...orders, schema: "public", name: "customers", models: [], primaryKey: ["id"], indexes: [], foreignKeys: [] }],
  extensions: ["pg_trgm"],
  drift: [],
  unknown: [],
  sources: [],
};

describe("a schema as DDL", () => {
  it("makes extensions, schemas, tables and indexes that can be printed, in an order that works", () => {
    expect(schemaDdl(schema).map(({ sql }) => sql.replaceAll(/\s+/g, " "))).toEqual([
      'CREATE EXTENSION IF NOT EXISTS "pg_trgm"',
      'CREATE SCHEMA IF NOT EXISTS "shop"',
      'CREATE TABLE "shop"."orders" ( "id" bigint NOT NULL, "customerId" uuid NOT NULL, "status" text NOT NULL, "tags" text[], PRIMARY KEY ("id") )',
      'CREATE TABLE "public"."customers" ( "id" bigint NOT NULL, "customerId" uuid NOT NULL, "status" text NOT NULL, "tags" text[], PRIMARY KEY ("id") )',
      `CREATE INDEX "orders_customerId_idx" ON "shop"."orders" ("customerId") INCLUDE ("tags") WHERE status = 'open'`,
    ]);
  });

  it("adds foreign keys when asked, to the key of the table when no columns are said", () => {
    expect(schemaDdl(schema, "postgresql", { foreignKeys: true }).at(-1)?.sql).toBe(
      'ALTER TABLE "shop"."orders" ADD FOREIGN KEY ("customerId") REFERENCES "public"."customers" ("id") ON DELETE CASCADE',
    );
  });

  it("quotes as the dialect does, whatever a name holds", () => {
    const named = index(['a"; DROP'], { name: "i`x", unique: true });
    expect(indexDdl({ ...orders, name: 't"t' }, named, "postgresql")).toBe('CREATE UNIQUE INDEX "i`x" ON "shop"."t""t" ("a""; DROP")');
    expect(indexDdl(orders, named, "mysql")).toBe('CREATE UNIQUE INDEX `i``x` ON `shop`.`orders` (`a"; DROP`)');
  });

  it("keeps direction, nulls, method and class of an index", () => {
    const columns = [
      { name: "a", order: "desc", nulls: "last" } as const,
      { expression: "lower(b)", order: "asc", opclass: "x_ops" } as const,
    ];
    expect(indexDdl(orders, { ...index([]), name: "i", method: "gin", columns }, "postgresql", { concurrently: true })).toBe(
      'CREATE INDEX CONCURRENTLY "i" ON "shop"."orders" USING gin ("a" DESC NULLS LAST, (lower(b)) x_ops)',
    );
  });
});

describe("names", () => {
  it("are found as the database, the class and quoted SQL say them", () => {
    for (const name of ["orders", "Orders", '"shop"."orders"', "Order"]) expect(tableNamed(schema, name)).toBe(orders);
    expect(tableNamed(schema, "invoices")).toBeUndefined();
    expect(columnNamed(orders, "CUSTOMERID")?.name).toBe("customerId");
  });
});
