/** Flow files: their types are blanked out, so that positions stay. */
import { createRequire } from "node:module";

type Remove = (source: string, options: { all: boolean; pretty: boolean; ignoreUninitializedFields: boolean }) => { toString(): string };

let remove: Remove | undefined;

/** Whether a file says in its head that it is written in Flow. */
export function saysFlow(text: string): boolean {
  const at = text.indexOf("@flow");
  return at !== -1 && at < 2_000;
}

/** The text without its Flow types, of equal length and lines; undefined when it is no Flow either. `all`: also without the pragma. */
export function withoutFlow(text: string, all: boolean): string | undefined {
  // Loaded on demand: most projects have no such file.
  remove ??= createRequire(import.meta.url)("flow-remove-types") as Remove;
  try {
    const plain = remove(text, { all, pretty: false, ignoreUninitializedFields: true }).toString();
    return plain.length === text.length ? plain : undefined;
  } catch {
    return undefined;
  }
}
