/** The whole way from a folder to a Run. */
import { basename } from "node:path";
import type { Run, Tier } from "../model/finding.ts";
import { schemaVersion } from "../model/levels.ts";
import type { Config } from "./config.ts";
import { discover } from "./discover.ts";
import { version } from "./version.ts";

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface ScanOptions {
  readonly includeTests?: boolean;
  /** Absent: likely and proven. */
  readonly tiers?: readonly Tier[];
  readonly rules?: readonly string[];
  readonly categories?: readonly string[];
  readonly package?: string;
  readonly config?: Config;
  /** The folder up to which configurations are read; given when a laid-out commit is scanned. */
  readonly boundary?: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Scans a folder. Throws an OptimizeError when there is nothing to scan; what a single file does wrong is a row in `failures`. */
export function scan(root: string, options: ScanOptions): Promise<Run> {
  const found = discover(root, {
    ...(options.includeTests === undefined ? {} : { includeTests: options.includeTests }),
    ...(options.boundary === undefined ? {} : { boundary: options.boundary }),
  });
  options.onProgress?.({ stage: "files", done: found.files.length, total: found.files.length });
  return Promise.resolve({
    schemaVersion,
    tool: { name: "optimize", version },
    project: { name: basename(root), files: found.files.length, functions: 0, routes: 0, queries: 0, tables: 0, packages: [] },
    findings: [],
    formulas: [],
    evidence: [],
    failures: [],
    notLookedAt: [],
    unusedAllows: [],
    budgets: [],
    counts: { candidate: 0, likely: 0, proven: 0 },
  });
}
