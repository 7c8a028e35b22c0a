import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../model/finding.ts";
import { runSchema } from "../model/run-schema.ts";
import { runFile } from "./store.ts";

/** The last saved Run, or undefined when there is none that this version can read. */
export function readRun(root: string): Run | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, runFile), "utf8"));
  } catch {
    return undefined;
  }
  const result = runSchema.safeParse(value);
  return result.success ? result.data : undefined;
}
