/** The findings that a project has accepted: optimize.baseline.json in its root, made to be committed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readBytes } from "../engine/source-text.ts";
import { writeWhole } from "../engine/store.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Finding, Run } from "../model/finding.ts";

export const baselineFile = "optimize.baseline.json";
const maxBytes = 64 * 1024 * 1024;

const schema = z.object({
  schemaVersion: z.literal("1"),
  /** Sorted by id; rule and file are there for the reader of a diff. */
  findings: z.array(z.object({ id: z.string(), rule: z.string(), file: z.string() })),
});

/** Writes the ids of all findings and gives the path of the file. Throws an OptimizeError("write"). */
export function writeBaseline(root: string, findings: readonly Finding[]): string {
  const rows = findings
    .flatMap(({ id, standsFor = [], rule, site }) => [id, ...standsFor].map((one) => ({ id: one, rule, file: site.file })))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  const path = join(root, baselineFile);
  writeWhole(path, `{\n  "schemaVersion": "1",\n  "findings": [${lines === "" ? "" : `\n${lines}\n  `}]\n}\n`);
  return path;
}

/** The accepted ids. Throws an OptimizeError("config") when there is no baseline or it is not readable. */
export function readBaseline(root: string): ReadonlySet<string> {
  const path = join(root, baselineFile);
  if (!existsSync(path))
    throw new OptimizeError("config", `there is no ${baselineFile} in the scanned folder`, { hint: "write one: optimize baseline" });
  let value: unknown;
  try {
    value = JSON.parse(readBytes(path, maxBytes, true).toString("utf8"));
  } catch (cause) {
    throw new OptimizeError("config", `${baselineFile} is no readable JSON`, { hint: "write it anew: optimize baseline", cause });
  }
  const result = schema.safeParse(value);
  if (!result.success)
    throw new OptimizeError("config", `${baselineFile} is no baseline of this version`, { hint: "write it anew: optimize baseline" });
  return new Set(result.data.findings.map((finding) => finding.id));
}

/** The Run without the findings that are accepted; one that stands for a line which nobody accepted stays. */
export function onlyNew(run: Run, accepted: ReadonlySet<string>): Run {
  return { ...run, findings: run.findings.filter(({ id, standsFor = [] }) => [id, ...standsFor].some((one) => !accepted.has(one))) };
}
