import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Run } from "../model/finding.ts";
import { runSchema } from "../model/run-schema.ts";
import { readBytes } from "./source-text.ts";
import { runFile } from "./store.ts";

/** Bytes. */
const largestRun = 512 * 1024 * 1024;

/** The last saved Run; undefined when there is none, "unreadable" when what is there is no Run of this version, or a link or pipe in its place. */
export function readRun(root: string): Run | "unreadable" | undefined {
  const path = join(root, runFile);
  try {
    // A scan never writes through links, so what stands behind one was not kept by a scan.
    if (!lstatSync(dirname(path)).isDirectory()) return "unreadable";
    const bytes = readBytes(path, largestRun);
    if (typeof bytes === "string") return "unreadable";
    const result = runSchema.safeParse(JSON.parse(bytes.toString("utf8")));
    return result.success ? result.data : "unreadable";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "unreadable";
  }
}
