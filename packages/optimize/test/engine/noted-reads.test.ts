/** A scan that reads a file without noting it would be given again when that file has changed. */
import { posix } from "node:path";
import { expect, it } from "vitest";
import { factsOf } from "../sources.ts";

/** Files that the scan reaches and that ask the file system: they note what they ask (inputs.ts), or why they need not. */
const asking = [
  "databases/engines/native-server.ts", // a planner's own programs, and a folder made for it
  "databases/oracle/native.ts", // a planner's own files
  "databases/oracle/own-file.ts", // what a planner keeps of itself between two starts
  "databases/oracle/snapshot.ts", // the planner's own manifest
  "engine/built-file.ts", // after what is kept, at every scan
  "engine/compare-inputs.ts",
  "engine/config-file.ts",
  "engine/discover.ts", // where the scanned folder really lies, which is part of the key
  "engine/git.ts",
  "engine/inputs.ts",
  "engine/kept-survey.ts",
  "engine/listing.ts",
  "engine/source-text.ts",
  "engine/sql-start.ts", // the parser's own file
  "engine/store.ts",
  "engine/version.ts", // the tool's own manifest
];

it("everything that a scan asks of the file system is noted", () => {
  const seen = new Map<string, boolean>();
  const open = ["engine/scan.ts"];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    const { imports } = factsOf("src", file);
    const used = imports.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => specifier);
    seen.set(
      file,
      used.some((specifier) => specifier.startsWith("node:fs")),
    );
    for (const specifier of used) if (specifier.startsWith(".")) open.push(posix.join(posix.dirname(file), specifier));
  }
  expect(seen.size).toBeGreaterThan(200);
  expect([...seen].flatMap(([file, asks]) => (asks ? [file] : [])).sort()).toEqual(asking);
});
