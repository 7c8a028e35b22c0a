import { realpathSync } from "node:fs";
import { join } from "node:path";
import { isInside } from "./config-file.ts";
import { readBytes } from "./source-text.ts";
import { decodeSource } from "./text-encoding.ts";

const maxBytes = 2 * 1024 * 1024;

/** Gives the lines of files inside the root, each read once; undefined for what cannot be read or lies outside. */
export function sourceLines(root: string): (file: string) => readonly string[] | undefined {
  const files = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!files.has(file)) files.set(file, readInside(root, file));
    return files.get(file);
  };
}

function readInside(root: string, file: string): readonly string[] | undefined {
  try {
    const path = realpathSync(join(root, file));
    if (!isInside(realpathSync(root), path)) return undefined;
    const bytes = readBytes(path, maxBytes);
    if (typeof bytes === "string") return undefined;
    const read = decodeSource(file, bytes);
    return "wrong" in read ? undefined : read.text.split(/\r\n|\n|\r/);
  } catch {
    return undefined;
  }
}
