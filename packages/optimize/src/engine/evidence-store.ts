/** Sets of evidence in `<root>/.optimize/evidence/`: one folder a run. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceSet } from "../model/evidence.ts";
import { OptimizeError } from "../model/errors.ts";
import { openStore, writeWhole } from "./store.ts";

const folder = ".optimize/evidence";
const kept = 20;

/** Makes the folder of a new set, with one for raw records in it, and gives both. Throws an OptimizeError("write"). */
export function newEvidence(root: string, id: string): { readonly path: string; readonly raw: string } {
  openStore(root);
  const path = join(root, folder, id);
  const raw = join(path, "raw");
  try {
    mkdirSync(raw, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new OptimizeError("write", `cannot write ${folder}`, {
      cause,
      hint: "name a folder that can be written: optimize measure --root <folder> -- ...",
    });
  }
  return { path, raw };
}

/** Writes the set and gives its path relative to the root; drops the raw records unless they are to be kept, and the oldest sets. */
export function saveEvidence(root: string, set: EvidenceSet, keepRaw: boolean): string {
  const path = join(root, folder, set.id);
  writeWhole(join(path, "evidence.json"), `${JSON.stringify(set, null, 1)}\n`);
  if (!keepRaw) rmSync(join(path, "raw"), { recursive: true, force: true });
  const ids = readdirSync(join(root, folder)).sort();
  for (const old of ids.slice(0, Math.max(0, ids.length - kept))) rmSync(join(root, folder, old), { recursive: true, force: true });
  return `${folder}/${set.id}/evidence.json`;
}
