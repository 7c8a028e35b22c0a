/** Results that are read back: files come from other machines, and are checked where they are added up. */
import { z } from "zod";
import type { LoadResult } from "../model/load.ts";

const count = z.number().nonnegative();
const saved = z.object({ scheme: z.literal(1), cells: z.array(z.tuple([count, count])) });
const counts = z.record(z.string(), count);
const latency = z.looseObject({ count, mean: count, min: count, max: count, percentiles: counts });
const figures = z.looseObject({
  name: z.string(),
  requests: count,
  failed: count,
  rate: count,
  latency,
  service: latency,
  bodyBytes: count,
  statuses: counts,
  failures: counts,
  weighed: z.object({ count, wire: count, raw: count }).optional(),
  histograms: z.object({ latency: saved, service: saved }).optional(),
});
const shape = z.looseObject({
  loadVersion: z.string().startsWith("1."),
  target: z.string(),
  startedAt: z.iso.datetime(),
  model: z.string(),
  seed: z.number(),
  segment: z.object({ index: count, of: count }).optional(),
  seconds: count,
  verdict: z.enum(["passed", "failed", "inconclusive", "interrupted"]),
  usage: z.looseObject({ cpuARequest: count }).optional(),
  total: figures,
  endpoints: z.array(figures),
  thresholds: z.array(z.looseObject({ threshold: z.string(), outcome: z.enum(["held", "missed", "unknown"]) })),
  generator: z.looseObject({
    workers: count,
    cpu: z.array(count),
    lag: latency,
    scheduled: count,
    notSent: count,
    collections: z.object({ count, total: count, max: count }),
  }),
  generatorHistogram: saved.optional(),
  samples: z.array(z.looseObject({ endpoint: z.string(), kind: z.string(), detail: z.string() })),
  slowest: z.array(z.looseObject({ endpoint: z.string(), trace: z.string(), latency: count })),
});

/** The result in a JSON text; undefined when it is none of this version. */
export function resultOf(text: string): LoadResult | undefined {
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? (read.data as unknown as LoadResult) : undefined;
  } catch {
    return undefined;
  }
}
