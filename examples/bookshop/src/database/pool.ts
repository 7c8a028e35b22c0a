import pg from "pg";
import { config } from "../config.js";

/** One pool for the whole process. */
export const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 5 });
