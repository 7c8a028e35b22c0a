import { readFileSync, statSync } from "node:fs";

/** The version of this package, from its manifest. */
export const version: string = (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string })
  .version;

/** Written by the compiler with every build. */
const buildRecord = new URL("../.tsbuildinfo", import.meta.url);

/**
 * Tells one build of this package from every other one, also from the next of the same version; undefined where it is run from
 * its sources, which can change at any moment.
 */
export function buildIdentity(): string | undefined {
  if (import.meta.url.endsWith(".ts")) return undefined;
  const stats = statSync(buildRecord, { throwIfNoEntry: false }) ?? statSync(new URL(import.meta.url));
  return `${version} ${stats.size} ${stats.mtimeMs}`;
}
