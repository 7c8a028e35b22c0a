import { sql } from "./shop.js";

/** PostgreSQL in WebAssembly with the shop's tables, behind its own protocol. */
export async function startPostgres() {
  const [{ PGlite }, { PGLiteSocketServer }] = await Promise.all([import("@electric-sql/pglite"), import("@electric-sql/pglite-socket")]);
  const db = await PGlite.create();
  await db.exec(sql);
  const server = new PGLiteSocketServer({ db, port: 0, host: "127.0.0.1", maxConnections: 40 });
  await server.start();
  return `postgres://postgres:postgres@${server.getServerConn()}/postgres?sslmode=disable`;
}
