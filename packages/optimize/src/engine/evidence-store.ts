/** Sets of evidence in `<root>/.optimize/evidence/`: one folder a run. */
import { lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CodePlace, Evidence, EvidenceSet } from "../model/evidence.ts";
import { shortHash } from "../model/hash.ts";
import { OptimizeError } from "../model/errors.ts";
import { readBytes } from "./source-text.ts";
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

/** Bytes of one set, and how many of the newest are looked at. */
const largestSet = 32 * 1024 * 1024;
const newest = 5;

export interface KeptEvidence {
  /** The newest first, without what speaks of files that have changed since. */
  readonly sets: readonly EvidenceSet[];
  /** Files that have changed since the newest set that speaks of them, and when the first one's was taken. */
  readonly changed: readonly string[];
  readonly takenAt: string | undefined;
}

/** Evidence of earlier runs of `optimize measure` on this root. What cannot be read counts as not there. */
export async function readEvidence(root: string): Promise<KeptEvidence> {
  const paths = setPaths(root);
  if (paths.length === 0) return { sets: [], changed: [], takenAt: undefined };
  // The schema is loaded only where there is something to check.
  const { readSet } = await import("../model/evidence-schema.ts");
  const sets = paths.flatMap((path) => {
    try {
      const bytes = readBytes(path, largestSet);
      const set = typeof bytes === "string" ? undefined : readSet(JSON.parse(bytes.toString("utf8")));
      return set === undefined ? [] : [set];
    } catch {
      return [];
    }
  });
  const hashes = new Map<string, string | undefined>();
  const isChanged = (file: string, hash: string): boolean => {
    if (!hashes.has(file)) hashes.set(file, hashOf(join(root, file)));
    return hashes.get(file) !== hash;
  };
  const all = sets.map((set) => {
    const changed = new Set(Object.entries(set.files).flatMap(([file, hash]) => (isChanged(file, hash) ? [file] : [])));
    return { set: { ...set, evidence: set.evidence.flatMap((one) => withoutFiles(one, changed)) }, changed };
  });
  // A file that a newer set speaks of as it is now is well known, whatever an older set says.
  const fresh = new Set<string>();
  const stale = new Map<string, string>();
  for (const { set, changed } of all)
    for (const file of Object.keys(set.files)) {
      if (fresh.has(file) || stale.has(file)) continue;
      if (changed.has(file)) stale.set(file, set.environment.startedAt);
      else fresh.add(file);
    }
  const changed = [...stale.keys()].sort();
  return { sets: all.map(({ set }) => set), changed, takenAt: changed[0] === undefined ? undefined : stale.get(changed[0]) };
}

function setPaths(root: string): string[] {
  const path = join(root, folder);
  try {
    if (!lstatSync(join(root, ".optimize")).isDirectory() || !lstatSync(path).isDirectory()) return [];
    return readdirSync(path)
      .sort()
      .reverse()
      .slice(0, newest)
      .map((id) => join(path, id, "evidence.json"));
  } catch {
    return [];
  }
}

function hashOf(path: string): string | undefined {
  try {
    const bytes = readBytes(path, largestSet);
    return typeof bytes === "string" ? undefined : shortHash(bytes.toString("utf8"), 16);
  } catch {
    return undefined;
  }
}

/** Lines of a file that has changed are other lines now. */
function withoutFiles(one: Evidence, changed: ReadonlySet<string>): Evidence[] {
  const isKept = ({ file }: CodePlace): boolean => !changed.has(file);
  if (one.kind === "duplicate") return one.places.every(isKept) ? [one] : [];
  if (one.kind !== "n+1" && one.kind !== "blocking") return [one];
  return one.place !== undefined && isKept(one.place) ? [{ ...one, callers: one.callers.filter(isKept) }] : [];
}
