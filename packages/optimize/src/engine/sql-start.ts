/** Starts the reader of SQL with the WebAssembly of its parser from the disk. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { loadSqlReader } from "../languages/sql.ts";
import type { SqlReader } from "../languages/sql.ts";

/**
 * Left to itself the parser tries to fetch its file first: Node loads its whole HTTP client for that, which costs more than the parser,
 * and then refuses. Once it has it, it asks for nothing.
 */
export async function startSqlReader(): Promise<SqlReader> {
  const entry = createRequire(import.meta.url).resolve("@guanmingchiu/sqlparser-ts");
  const folder = new URL("../wasm/", pathToFileURL(entry));
  const parser = (await import(new URL("sqlparser_rs_wasm.js", folder).href)) as { initSync(given: { module: Uint8Array }): unknown };
  parser.initSync({ module: await readFile(new URL("sqlparser_rs_wasm_bg.wasm", folder)) });
  return loadSqlReader();
}
