/** Raw records to a set of evidence. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { evidenceVersion } from "../model/evidence.ts";
import type { Circumstance, CodePlace, CostEvidence, Environment, Evidence, EvidenceSet } from "../model/evidence.ts";
import { shortHash } from "../model/hash.ts";
import { rounded } from "../model/spread.ts";
import { allocationsOf } from "./allocations.ts";
import { blockingOf } from "./blocking.ts";
import { cacheableOf } from "./cacheable.ts";
import { withoutSecrets } from "./command-words.ts";
import type { Inside } from "./container.ts";
import { cpuOf } from "./cpu-profile.ts";
import type { LoadResult } from "../model/load.ts";
import { loadsOf } from "./load-runs.ts";
import { duplicatesOf } from "./duplicates.ts";
import { scopesOf } from "./executions.ts";
import { placesOf } from "./places.ts";
import { poolsOf } from "./pools.ts";
import { readRecords, type Thread } from "./records.ts";
import { repetitionsOf } from "./repetitions.ts";
import { requestsOf, statementsOf } from "./requests.ts";
import { sequentialOf } from "./sequential.ts";
import { hostPathsOf } from "./shared-folders.ts";
import { slowOf } from "./slow.ts";
import { recognise } from "./vocabulary.ts";
import { resourcesOf, windowOf } from "./resources.ts";

export interface Observed {
  readonly id: string;
  /** Absolute. */
  readonly root: string;
  /** Folder of the raw records. */
  readonly raw: string;
  readonly command: readonly string[];
  /** Key of the hashes in the records. */
  readonly salt: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly exitCode: number;
  readonly underLoad: boolean;
  /** Load runs of that time; those that loaded this program are told by their traces. */
  readonly loads?: readonly LoadResult[];
  readonly commit?: string;
  /** It ran in a container. */
  readonly inside?: Pick<Inside, "shared" | "copied"> | undefined;
  /** What went wrong before. */
  readonly failures?: readonly string[];
}

/** Makes the set of a run that has ended. Never throws for what the run left behind: that is said in `failures`. */
export function evidenceSetOf(observed: Observed): EvidenceSet {
  const { root } = observed;
  const read = readRecords(observed.raw);
  const threads = read.threads.filter(({ process }) => !process.starter);
  const host = observed.inside === undefined ? undefined : hostPathsOf(threads, observed.inside.shared, observed.inside.copied);
  if (host !== undefined) for (const thread of threads) thread.hostPath = host.hostPath;
  recognise(threads, root, observed.salt);
  const places = new Map(threads.map((thread) => [thread, placesOf(thread, root)]));
  const scopes = scopesOf(threads, (thread) => places.get(thread) ?? placesOf(thread, root));
  const requests = requestsOf(scopes);
  const cpu = cpuOf(threads, root, (thread) => (thread.requests.length === 0 ? 0 : windowOf(thread)[0]));
  const allocations = allocationsOf(threads, root);
  const resources = resourcesOf(threads, requests);
  const loads = loadsOf(observed.loads ?? [], scopes, requests);
  const evidence: Evidence[] = [
    ...requests,
    ...repetitionsOf(scopes),
    ...duplicatesOf(scopes),
    ...slowOf(scopes, threads),
    ...sequentialOf(scopes),
    ...cacheableOf(scopes),
    ...loads,
    ...poolsOf(threads, scopes),
    ...statementsOf(scopes),
    ...blockingOf(threads, scopes, (thread) => places.get(thread) ?? placesOf(thread, root)),
    ...cpu.stalls,
    ...cpu.functions,
    ...allocations.evidence,
    ...(resources === undefined ? [] : [resources]),
    costOf(threads),
  ];
  return {
    evidenceVersion,
    id: observed.id,
    environment: environmentOf({ ...observed, underLoad: observed.underLoad || loads.length > 0 }, threads),
    evidence,
    failures: [
      ...(observed.failures ?? []),
      ...read.failures,
      ...(host?.failures ?? []),
      ...cpu.failures,
      ...allocations.failures,
      ...unended(threads),
    ],
    libraries: [
      ...new Set(
        threads.flatMap(({ end, statements }) => [...(end?.drivers ?? []), ...[...statements.values()].map(({ library }) => library)]),
      ),
    ].sort(),
    files: hashesOf(evidence, root),
  };
}

const runners: readonly (readonly [name: string, program: RegExp])[] = [
  ["jest", /[\\/]jest(?:-cli|-worker)?[\\/]/],
  ["vitest", /[\\/](?:vitest|tinypool)[\\/]/],
  ["mocha", /[\\/]mocha[\\/]/],
  ["ava", /[\\/]ava[\\/]/],
];

function environmentOf(observed: Observed, threads: readonly Thread[]): Environment {
  const programs = threads.flatMap(({ process }) => process.argv);
  const found = runners.filter(([, program]) => programs.some((one) => program.test(one))).map(([name]) => name);
  const isNodeTest = observed.command.includes("--test") || threads.some(({ process }) => process.argv.includes("--test"));
  const all = [...found, ...(isNodeTest ? ["node:test"] : [])];
  const circumstance: Circumstance = observed.underLoad ? "load" : all.length > 0 ? "test" : "run";
  return {
    circumstance,
    runners: all,
    command: withoutSecrets(observed.command),
    startedAt: observed.startedAt,
    seconds: rounded(observed.seconds),
    exitCode: observed.exitCode,
    platform: process.platform,
    nodes: [...new Set(threads.map((thread) => thread.process.node))].sort(),
    cpus: cpus().length,
    threads: threads.length,
    ...(observed.commit === undefined ? {} : { commit: observed.commit }),
  };
}

function unended(threads: readonly Thread[]): string[] {
  const cut = threads.filter(({ end }) => end === undefined);
  if (cut.length === 0) return [];
  const killed = cut.map(({ process }) => process.pid);
  return [
    `${cut.length === 1 ? "process" : "processes"} ${[...new Set(killed)].join(", ")} ended without a last word: what ${cut.length === 1 ? "it" : "they"} did in the last quarter of a second, and the last piece of the CPU profile, may be missing`,
  ];
}

function costOf(threads: readonly Thread[]): CostEvidence {
  return {
    kind: "cost",
    own: rounded(threads.reduce((sum, { end }) => sum + (end?.own ?? 0), 0) / 1000),
    cpu: rounded(threads.reduce((sum, { end }) => sum + (end?.cpu ?? 0), 0) / 1000),
    records: threads.reduce((sum, { spans }) => sum + spans.length, 0),
  };
}

/** Hashes of the files that evidence points at, so that a later scan knows what has changed since. */
function hashesOf(evidence: readonly Evidence[], root: string): Record<string, string> {
  const files = new Set(evidence.flatMap(placesIn).map(({ file }) => file));
  const out: [string, string][] = [];
  for (const file of [...files].sort()) {
    const hash = hashOf(join(root, file));
    if (hash !== undefined) out.push([file, hash]);
  }
  return Object.fromEntries(out);
}

export function hashOf(path: string): string | undefined {
  try {
    return shortHash(readFileSync(path, "utf8"), 16);
  } catch {
    return undefined;
  }
}

function placesIn(one: Evidence): readonly CodePlace[] {
  switch (one.kind) {
    case "n+1":
    case "statement":
    case "slow":
    case "blocking":
    case "cacheable":
      return [...(one.place === undefined ? [] : [one.place]), ...one.callers];
    case "duplicate":
    case "sequential":
      return one.places;
    case "cpu":
    case "allocation":
      return [one.place];
    case "stall":
      return one.stack;
    default:
      return [];
  }
}
