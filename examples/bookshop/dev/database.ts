import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { rows, schema } from "./schema.js";

export interface Database {
  url: string;
  seed: (orders: number) => Promise<void>;
  /** Rows of a table, past the pool and past every counter. */
  count: (table: string, where?: string) => Promise<number>;
  empty: () => Promise<boolean>;
  stop: () => Promise<void>;
}

/** PostgreSQL inside this process (WebAssembly), reachable over a loopback socket like any other. */
export async function startDatabase(folder?: string): Promise<Database> {
  const db = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  await db.exec(schema);
  const server = new PGLiteSocketServer({ db, port: 0, host: "127.0.0.1", maxConnections: 20 });
  await server.start();
  const count = async (table: string, where = "true"): Promise<number> => {
    const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`);
    return rows[0]?.n ?? 0;
  };
  return {
    url: `postgres://postgres:postgres@${server.getServerConn()}/postgres`,
    seed: async (orders) => {
      for (const statement of rows) await db.exec(statement.replaceAll("ORDERS", String(Math.trunc(orders))));
    },
    count,
    empty: async () => (await count("orders")) === 0,
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}
