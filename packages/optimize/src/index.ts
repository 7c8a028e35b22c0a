/** The library: scan a folder, and show or check what comes of it. */
export { loadConfig, type Config, type LoadedConfig } from "./engine/config.ts";
export { sourceLines } from "./engine/excerpts.ts";
export { scan, type ScanOptions } from "./engine/scan.ts";
export { OptimizeError } from "./model/errors.ts";
export type { EntryReport, Finding, Run } from "./model/finding.ts";
export { runSchema } from "./model/run-schema.ts";
export { reporters } from "./reporters/index.ts";
