/** Advice as a migration of the project's own tool: each index made while the table is written to, and the way back. */
import { indexDdl, quoted } from "../model/schema-ddl.ts";
import type { Dialect, Index, Table } from "../model/schema.ts";
import type { Drop } from "./drops.ts";

export interface MigrationStep {
  readonly up: string;
  readonly down: string;
}

/** Makes first, drops last: at no moment is a statement without its index. */
export function migrationSteps(
  indexes: readonly { readonly table: Table; readonly index: Index }[],
  drops: readonly (Drop & { readonly of: Table })[],
  dialect: Dialect = "postgresql",
): readonly MigrationStep[] {
  const make = (table: Table, index: Index): string => indexDdl(table, index, dialect, { concurrently: true });
  const drop = (table: Table, index: Index): string => dropDdl(table, index, dialect);
  const needsTrigrams = indexes.some(({ index }) => index.columns.some((column) => column.opclass === "gin_trgm_ops"));
  return [
    ...(needsTrigrams ? [{ up: "CREATE EXTENSION IF NOT EXISTS pg_trgm", down: "" }] : []),
    ...indexes.map(({ table, index }) => ({ up: make(table, index), down: drop(table, index) })),
    ...drops.map(({ of, index }) => ({ up: drop(of, index), down: make(of, index) })),
  ];
}

function dropDdl(table: Table, { name = "" }: Index, dialect: Dialect): string {
  const index = quoted(name, dialect);
  if (dialect === "mysql") return `DROP INDEX ${index} ON ${quoted(table.name, dialect)}`;
  if (dialect !== "postgresql") return `DROP INDEX IF EXISTS ${index}`;
  const schema = table.schema === undefined ? "" : `${quoted(table.schema, dialect)}.`;
  return `DROP INDEX CONCURRENTLY IF EXISTS ${schema}${index}`;
}

export const migrationTools = ["sql", "prisma", "drizzle", "knex", "sequelize", "typeorm", "django", "alembic"] as const;
export type MigrationTool = (typeof migrationTools)[number];

/** The tool that a schema was read from: "Prisma" -> prisma. */
export function toolOf(sources: readonly string[]): MigrationTool {
  const text = sources.join(" ").toLowerCase();
  return migrationTools.find((tool) => tool !== "sql" && text.includes(tool)) ?? (text.includes("sqlalchemy") ? "alembic" : "sql");
}

export function migrationText(tool: MigrationTool, steps: readonly MigrationStep[]): string {
  const up = steps.map((step) => step.up);
  const down = steps
    .map((step) => step.down)
    .filter((sql) => sql !== "")
    .toReversed();
  return writers[tool](up, down);
}

const js = (sql: string): string => JSON.stringify(sql);
const py = (sql: string): string => JSON.stringify(sql);
const lines = (all: readonly string[], line: (sql: string) => string): string => all.map(line).join("\n");

/** CONCURRENTLY runs in no transaction: each of them says so to its tool. */
const writers: Readonly<Record<MigrationTool, (up: readonly string[], down: readonly string[]) => string>> = {
  sql: (up, down) =>
    `-- up: one statement at a time, outside of a transaction\n${lines(up, (sql) => `${sql};`)}\n\n-- down\n${lines(down, (sql) => `-- ${sql};`)}\n`,
  prisma: (up, down) =>
    `${up.map((sql, index) => `-- prisma/migrations/<timestamp>_index_${index + 1}/migration.sql (one statement each: Prisma runs a file of several in a transaction)\n${sql};\n`).join("\n")}\n-- down.sql\n${lines(down, (sql) => `-- ${sql};`)}\n`,
  drizzle: (up, down) =>
    `-- drizzle-kit generate --custom; run outside of a transaction\n${lines(up, (sql) => `${sql};--> statement-breakpoint`)}\n\n-- down\n${lines(down, (sql) => `-- ${sql};`)}\n`,
  knex: (up, down) =>
    `export const config = { transaction: false };\n\nexport async function up(knex) {\n${lines(up, (sql) => `  await knex.raw(${js(sql)});`)}\n}\n\nexport async function down(knex) {\n${lines(down, (sql) => `  await knex.raw(${js(sql)});`)}\n}\n`,
  sequelize: (up, down) =>
    `module.exports = {\n  async up(queryInterface) {\n${lines(up, (sql) => `    await queryInterface.sequelize.query(${js(sql)});`)}\n  },\n  async down(queryInterface) {\n${lines(down, (sql) => `    await queryInterface.sequelize.query(${js(sql)});`)}\n  },\n};\n`,
  typeorm: (up, down) =>
    `export class AdvisedIndexes1700000000000 {\n  transaction = false;\n\n  async up(queryRunner) {\n${lines(up, (sql) => `    await queryRunner.query(${js(sql)});`)}\n  }\n\n  async down(queryRunner) {\n${lines(down, (sql) => `    await queryRunner.query(${js(sql)});`)}\n  }\n}\n`,
  django: (up, down) =>
    `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    atomic = False\n    dependencies = []  # the app's last migration\n    operations = [\n${up.map((sql, index) => `        migrations.RunSQL(${py(sql)}, ${down.length === up.length ? py(down[down.length - 1 - index] ?? "") : "migrations.RunSQL.noop"}),`).join("\n")}\n    ]\n`,
  alembic: (up, down) =>
    `from alembic import op\n\n\ndef upgrade():\n    with op.get_context().autocommit_block():\n${lines(up, (sql) => `        op.execute(${py(sql)})`)}\n\n\ndef downgrade():\n    with op.get_context().autocommit_block():\n${lines(down, (sql) => `        op.execute(${py(sql)})`)}\n`,
};
