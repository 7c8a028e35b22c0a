/** The Run as a schema: validates documents that are read back, and is published as JSON Schema in docs/run.schema.json. */
import { z } from "zod";
import type { Run } from "./finding.ts";
import { severities, tiers } from "./levels.ts";

const count = z.int().nonnegative();
const line = z.int().positive();

const siteShape = {
  file: z.string().describe("Relative to the scanned folder, `/`-separated."),
  line: line.describe("1-based."),
  endLine: line.exactOptional(),
  column: line.exactOptional().describe("1-based, in UTF-16 units."),
  symbol: z.string().exactOptional().describe("Enclosing symbols, outermost first, joined by a dot."),
};
const site = z.strictObject(siteShape);

const impact = z.discriminatedUnion("basis", [
  z.strictObject({
    basis: z.literal("measured"),
    value: z.number(),
    unit: z.string(),
    by: z.string(),
    samples: count,
    takes: z
      .strictObject({ milliseconds: z.number(), of: z.number() })
      .exactOptional()
      .describe("Milliseconds of a request that it takes, and of how many (medians); only from load."),
  }),
  z.strictObject({ basis: z.literal("modelled"), by: z.string(), assuming: z.string(), value: z.number(), unit: z.string() }),
  z.strictObject({ basis: z.literal("structural"), formula: z.string(), route: z.string().exactOptional(), degree: z.number() }),
]);

const relatedSite = z.strictObject({ ...siteShape, role: z.string(), note: z.string().exactOptional() });

const planProof = z.strictObject({
  by: z.string().describe("The planner that modelled it."),
  assuming: z.string(),
  sizes: z
    .array(
      z.strictObject({
        rows: z.number(),
        before: z.string(),
        after: z.string().describe("Empty when the plan does not use the index."),
        costBefore: z.number(),
        costAfter: z.number(),
      }),
    )
    .readonly(),
});

const finding = z.strictObject({
  id: z.string().describe("Fingerprint of rule, path, enclosing symbols and culprit; never of the line number."),
  rule: z.string(),
  tier: z.enum(tiers),
  severity: z.enum(severities),
  site,
  message: z.string(),
  related: z.array(relatedSite).readonly().describe("Places that are part of the problem, in reading order."),
  path: z.array(relatedSite).readonly().exactOptional().describe("Calls between the place and the operation: they only lead there."),
  routes: z.array(z.string()).readonly().describe("Entry points that reach the place; empty when none was found."),
  impact,
  effort: z.enum(["S", "M", "L"]),
  advice: z.string(),
  better: z.string().exactOptional(),
  recipe: z.string().exactOptional().describe("What `optimize add` puts into the project against it."),
  reason: z.string().exactOptional().describe("Why the tier is not higher."),
  plan: planProof.exactOptional().describe("What a planner without data chose, without and with the index that is missing."),
  sometimes: z.literal(true).exactOptional().describe("Only some of the elements lead there."),
  standsFor: z.array(z.string()).readonly().exactOptional().describe("Ids of the other findings of the same loop and tier."),
  package: z.string().exactOptional(),
});

const entry = z.strictObject({
  name: z.string(),
  kind: z.string(),
  site,
  formula: z.string(),
  cost: z.record(z.string(), z.array(z.tuple([z.string(), z.number()]).readonly()).readonly()),
  unknown: z.array(z.string()).readonly().describe("Calls that could not be resolved: the formula is a lower bound when there are any."),
  package: z.string().exactOptional(),
});

export const runSchema = z
  .strictObject({
    schemaVersion: z.string(),
    tool: z.strictObject({ name: z.string(), version: z.string() }),
    project: z.strictObject({
      name: z.string(),
      files: count,
      functions: count,
      routes: count,
      queries: count,
      tables: count,
      packages: z.array(z.string()).readonly(),
    }),
    findings: z.array(finding).readonly().describe("What matters most first."),
    formulas: z.array(entry).readonly(),
    evidence: z.array(z.unknown()).readonly(),
    failures: z.array(z.strictObject({ file: z.string(), code: z.string(), message: z.string(), line: line.exactOptional() })).readonly(),
    notLookedAt: z.array(z.strictObject({ reason: z.string(), files: count, examples: z.array(z.string()).readonly() })).readonly(),
    unusedAllows: z.array(z.strictObject({ file: z.string(), line, rule: z.string() })).readonly(),
    budgets: z.array(z.unknown()).readonly(),
    counts: z
      .strictObject({ candidate: count, likely: count, proven: count })
      .describe("How many findings each tier holds before filtering."),
  })
  .meta({ title: "Optimize Run" });

// A member that is added to Run and not here, or the other way round, fails the build.
type Exact<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const mirrors: Exact<z.infer<typeof runSchema>, Run> = true;

/** The JSON Schema (draft 2020-12) of a Run, as text. It allows members that it does not know: they may be added within a major. */
export function runJsonSchema(): string {
  if (!mirrors) throw new Error("the schema does not mirror Run");
  const schema = z.toJSONSchema(runSchema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
