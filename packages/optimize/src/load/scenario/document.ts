/** The file of a scenario, as people write it. */
import { z } from "zod";
import { durationOf } from "../durations.ts";
import { thresholdOf } from "../thresholds.ts";
import { keysOf } from "./json-path.ts";

const duration = z
  .union([z.string(), z.number().nonnegative()])
  .refine((value) => durationOf(String(value)) !== undefined, { error: "is no duration: write 10s, 1m30s or 250ms" })
  .transform((value) => durationOf(String(value)) ?? 0);
const length = duration.refine((seconds) => seconds > 0, { error: "is no time at all" });
const positive = z.number().positive();
const whole = z.int().positive();
const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));

const path = z.string().refine((text) => keysOf(text) !== undefined, { error: "is no JSON path: write $.items[0].id" });
const pattern = z.string().refine(isPattern, { error: "is no regular expression" });

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const status = z.union([z.int().min(100).max(999), z.string().regex(/^[1-5]xx$/, { error: "is no status: write 200 or 2xx" })]);

const expectation = z.strictObject({
  status: z.union([status, z.array(status).min(1)]).optional(),
  body: z.enum(["some", "empty", "any"]).optional(),
  contains: z.union([z.string(), z.array(z.string())]).optional(),
  matches: z.union([pattern, z.array(pattern)]).optional(),
  json: z.record(path, z.unknown()).optional(),
  headers: texts.optional(),
  within: duration.optional(),
});

const extraction = z.union([
  path.transform((json) => ({ json })),
  z.strictObject({ json: path }),
  z.strictObject({ header: z.string().min(1) }),
  z.strictObject({ regex: pattern, group: z.int().nonnegative().default(1) }),
]);

const step = z
  .strictObject({
    name: z.string().min(1).optional(),
    request: z.string().regex(/^(?:[A-Z]+ )?(?:https?:\/\/|wss?:\/\/|\/|\{\{)\S*$/, { error: 'is no request: write "GET /orders"' }),
    headers: texts.optional(),
    body: z.string().optional(),
    json: z.unknown().optional(),
    expect: expectation.optional(),
    extract: z.record(z.string().regex(/^[A-Za-z_]\w*$/, { error: "is no name of a variable" }), extraction).optional(),
    think: z.union([duration, z.tuple([duration, duration])]).optional(),
    websocket: z.strictObject({ send: z.array(z.string()).optional(), messages: z.int().nonnegative().default(1) }).optional(),
    sse: z.strictObject({ messages: whole.default(1) }).optional(),
  })
  .refine(({ body, json }) => body === undefined || json === undefined, { error: "has both body and json" })
  .refine(({ websocket, sse }) => websocket === undefined || sse === undefined, { error: "is both a websocket and sse" });

const stage = z
  .strictObject({ duration, rate: z.number().nonnegative().optional(), users: z.int().nonnegative().optional() })
  .refine(({ rate, users }) => (rate === undefined) !== (users === undefined), { error: "needs either a rate or users" });

export const loadShape = z
  .strictObject({
    rate: positive.optional(),
    users: whole.optional(),
    iterations: whole.optional(),
    duration: length.optional(),
    arrivals: z.enum(["uniform", "poisson"]).optional(),
    stages: z.array(stage).min(1).optional(),
    seed: z.int().optional(),
  })
  .superRefine(({ rate, users, iterations, stages, duration: own }, context) => {
    if (rate !== undefined && users !== undefined) context.addIssue("has both a rate (arrivals, open model) and users (closed model)");
    if (iterations !== undefined && users === undefined) context.addIssue("has iterations and no users who do them");
    if (stages !== undefined && own !== undefined) context.addIssue("has both stages and a duration: stages have their own");
    const kinds = new Set(stages?.map((one) => (one.rate === undefined ? "users" : "rate")));
    if (kinds.size > 1) context.addIssue("has stages of rates and of users");
  });

const threshold = z.string().superRefine((text, context) => {
  const read = thresholdOf(text);
  if (typeof read === "string") context.addIssue(read);
});

export const documentShape = z
  .strictObject({
    $schema: z.string().optional(),
    target: z.string().min(1),
    variables: texts.optional(),
    feeders: z
      .record(z.string(), z.strictObject({ file: z.string().min(1), order: z.enum(["sequential", "random"]).default("sequential") }))
      .optional(),
    setup: z.array(step).optional(),
    steps: z.array(step).min(1).optional(),
    scenarios: z
      .record(z.string(), z.strictObject({ weight: positive.default(1), cookies: z.boolean().optional(), steps: z.array(step).min(1) }))
      .optional(),
    load: loadShape.optional(),
    thresholds: z.array(threshold).optional(),
    abortOnFail: z.boolean().optional(),
    warmUp: duration.optional(),
    timeout: length.optional(),
    connections: whole.optional(),
    protocol: z.enum(["1.1", "2"]).optional(),
  })
  .refine(({ steps, scenarios }) => (steps === undefined) !== (scenarios === undefined), { error: "needs either steps or scenarios" });

export type ScenarioDocument = z.output<typeof documentShape>;
export type WrittenStep = z.output<typeof step>;
export type WrittenLoad = z.output<typeof loadShape>;
