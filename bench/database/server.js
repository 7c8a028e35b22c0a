/** The real server of the suite, with rows: PostgreSQL of the same major as the planner without data. */
import { startServer } from "../../packages/optimize/dist/databases/engines/native-server.js";
import { rows, tables } from "./data.js";

/**
 * @param {number} scale
 * @param {(line: string) => void} print
 */
export async function serverWithRows(scale, print) {
  const server = await startServer({
    from: new URL("../peers/package.json", import.meta.url).href,
    settings: { shared_buffers: "512MB", max_parallel_workers_per_gather: "0", work_mem: "16MB", max_wal_size: "4GB" },
  });
  const client = await server.connect();
  await client.query(tables);
  for (const statement of rows(scale)) {
    await client.query(statement);
    print(`  ${statement.slice(0, 40).replaceAll(/\s+/g, " ")}`);
  }
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_trgm").catch(() => {});
  await client.query("VACUUM ANALYZE");
  return { server, client };
}
