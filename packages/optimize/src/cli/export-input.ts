/** What `optimize db export` wrote, as a command is given it. */
import { join, resolve } from "node:path";
import type { Config } from "../engine/config.ts";
import { readBytes } from "../engine/source-text.ts";
import { databaseExport, type DatabaseExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Arguments } from "./args.ts";

/** Bytes. */
const largest = 100_000_000;
const hint = "optimize db export <url> > export.json";

/** Throws an OptimizeError("unreadable") for what is no export of this version. */
export function readExport(path: string, shown: string, followLinks = true): DatabaseExport {
  let value: unknown;
  try {
    const bytes = readBytes(path, largest, followLinks);
    if (typeof bytes === "string") throw new Error(bytes);
    value = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "it is no JSON" : "it cannot be read";
    throw new OptimizeError("unreadable", `${shown}: ${why}`, { hint, cause });
  }
  const checked = databaseExport.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new OptimizeError("unreadable", `${shown} is no export of this version: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`, {
    hint,
  });
}

/** The export that a scan is given: by the flag, else by the settings of the folder. */
export function exportOf(args: Arguments, config: Config, root: string, cwd: string): DatabaseExport | undefined {
  const flag = args.text("stats");
  if (flag !== undefined) return readExport(resolve(cwd, flag), flag);
  // The settings may be a stranger's: what they name is a file of the project itself.
  return config.stats === undefined ? undefined : readExport(join(root, config.stats), config.stats, false);
}
