export { pool } from "./pool.js";
export { orm } from "./orm.js";
export type { Orm } from "./orm.js";
export * from "./transaction.js";
export * as tables from "./tables.js";
