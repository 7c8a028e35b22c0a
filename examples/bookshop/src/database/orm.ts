import { drizzle } from "drizzle-orm/node-postgres";
import { pool } from "./pool.js";
import * as tables from "./tables.js";

export const orm = drizzle(pool, { schema: tables });
export type Orm = typeof orm;
