/** Sets of evidence that are read back. What joins and promotes is checked; the rest is not looked at. A folder may be a stranger's. */
import { z } from "zod";
import type { EvidenceSet } from "./evidence.ts";
import { tiers } from "./levels.ts";

const count = z.number().nonnegative();
const place = z.looseObject({ file: z.string(), line: z.int().positive(), function: z.string().optional() });
const spread = z.looseObject({ n: count, min: count, median: count, p95: count, max: count, total: count });
const routes = z.array(z.string());
const placed = { place: place.optional(), callers: z.array(place), routes };

const joinable = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("n+1"),
    tier: z.enum(tiers),
    ...placed,
    scopes: count,
    perScope: spread,
    growth: z.array(z.tuple([count, count])),
    share: count.optional(),
    reason: z.string(),
  }),
  z.looseObject({ kind: z.literal("duplicate"), tier: z.enum(tiers), places: z.array(place), routes, requests: count, perRequest: spread }),
  z.looseObject({ kind: z.literal("request"), route: z.string(), count, time: spread }),
  z.looseObject({
    kind: z.literal("load"),
    endpoint: z.string(),
    routes,
    model: z.string(),
    verdict: z.enum(["passed", "failed", "inconclusive", "interrupted"]),
    requests: count,
    failed: count,
    rate: count,
    latency: z.record(z.string(), count),
    wire: count,
  }),
  z.looseObject({ kind: z.literal("blocking"), call: z.string(), ...placed, count, requests: count, time: spread }),
]);

const setSchema = z.looseObject({
  evidenceVersion: z.string().startsWith("1."),
  id: z.string(),
  environment: z.looseObject({ circumstance: z.enum(["test", "load", "run"]), command: z.array(z.string()), startedAt: z.iso.datetime() }),
  evidence: z.array(z.unknown()),
  files: z.record(z.string(), z.string()),
});

/** The set with the evidence that findings can be joined to; undefined when it is none of this version. */
export function readSet(value: unknown): EvidenceSet | undefined {
  const set = setSchema.safeParse(value);
  if (!set.success) return undefined;
  const evidence = set.data.evidence.flatMap((one) => {
    const read = joinable.safeParse(one);
    return read.success ? [read.data] : [];
  });
  return { ...set.data, evidence } as unknown as EvidenceSet;
}
