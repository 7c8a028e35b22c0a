/** The file from which the thread of a scan starts. */
import { statSync } from "node:fs";

/** All modules in one (`scripts/bundle-scan.mjs`), unless the compiler has written since: then nobody has bundled what it wrote. */
export function builtWorker(folder: string): URL {
  const bundle = new URL("./scan-worker.bundle.js", folder);
  const bundled = statSync(bundle, { throwIfNoEntry: false });
  const compiled = statSync(new URL("../.tsbuildinfo", folder), { throwIfNoEntry: false });
  const isCurrent = bundled !== undefined && (compiled === undefined || bundled.mtimeMs >= compiled.mtimeMs);
  return isCurrent ? bundle : new URL("./scan-worker.js", folder);
}
