/** A thread is looked for beside the file that starts it: in the bundle of the scan that is the bundle's own folder. */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, it } from "vitest";
import { factsOf } from "../sources.ts";

const source = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it("every thread that a scan starts is built beside the bundle of the scan", () => {
  const reached = new Set<string>();
  const open = ["cli/scan-worker.ts"];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const { specifier, typeOnly } of factsOf("src", file).imports)
      if (!typeOnly && specifier.startsWith(".")) open.push(posix.join(posix.dirname(file), specifier));
  }
  const threads = [...reached].flatMap((file) =>
    [...source(`src/${file}`).matchAll(/new Worker\(new URL\("\.\/([\w-]+)\.js"/g)].map(
      (found) => `${posix.dirname(file)}/${found[1] ?? ""}`,
    ),
  );
  const built = [...source("scripts/bundle-scan.mjs").matchAll(/in: `\$\{dist\}([\w/-]+)\.js`, out: "([\w-]+)"/g)];
  expect(threads).toContain("databases/oracle/pglite-worker");
  for (const thread of threads) expect(built.map(([, from, to]) => [from, to])).toContainEqual([thread, posix.basename(thread)]);
});
