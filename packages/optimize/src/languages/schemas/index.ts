/** What says what a project's tables are, one reader each. */
import type { SchemaPart } from "../../model/schema-change.ts";
import { readDjango } from "./django/index.ts";
import { readDrizzle } from "./drizzle.ts";
import { readKnex } from "./knex.ts";
import { readMongoose } from "./mongoose.ts";
import { readPrismaFolders } from "./prisma-folders.ts";
import type { SchemaSources } from "./schema-text.ts";
import { readSequelize } from "./sequelize/index.ts";
import { readSqlAlchemy } from "./sqlalchemy.ts";
import { readSqlFiles } from "./sql-files.ts";
import { readTypeOrm } from "./typeorm.ts";

export type SchemaReader = (sources: SchemaSources) => readonly SchemaPart[];

export const schemaReaders: readonly SchemaReader[] = [
  readPrismaFolders,
  readDjango,
  readSequelize,
  readTypeOrm,
  readDrizzle,
  readSqlAlchemy,
  readMongoose,
  readKnex,
  readSqlFiles,
];
