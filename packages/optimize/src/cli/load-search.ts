/** `optimize load --find-capacity` and `--compare`. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { writeWhole } from "../engine/store.ts";
import { findCapacity } from "../load/capacity.ts";
import { compareSides } from "../load/comparison.ts";
import type { Plan } from "../load/plan.ts";
import { limitsOf } from "../load/limits.ts";
import { saturationOf } from "../load/saturation.ts";
import { measuredOf, outcomeOf, runStep, whyNot, type Objective } from "../load/steps.ts";
import { thresholdOf } from "../load/thresholds.ts";
import { OptimizeError } from "../model/errors.ts";
import type { TargetUse } from "../model/load-search.ts";
import { cleanJson } from "../reporters/layout/sanitise.ts";
import { painter, type Paint } from "../reporters/layout/style.ts";
import { capacityText, comparisonText, stepText } from "../reporters/load/search.ts";
import type { Arguments, Flag } from "./args.ts";
import { limits, numberOf, timeOf } from "./load-flags.ts";
import { wantsColor, type Terminal } from "./terminal.ts";

export const searchFlags: Readonly<Record<string, Flag>> = {
  "find-capacity": { type: "boolean", help: "Search the highest rate at which --slo holds, with an interval" },
  slo: { type: "string", value: "text", help: 'The objective of the search: "p99 < 50ms"' },
  step: { type: "string", value: "time", help: "Length of a step of the search, or of a run of a comparison (default: 5s)" },
  "max-rate": { type: "string", value: "number", help: "The search goes no further (default: 50,000)" },
  "max-steps": { type: "string", value: "number", help: "The search ends after so many steps (default: 30)" },
  compare: {
    type: "string",
    value: "url|ref",
    help: "Compare with another target, or with a git ref that --start starts: the same load in turns",
  },
  pairs: { type: "string", value: "number", help: "Pairs of runs of a comparison (default: 10)" },
};

const usualStart = 50;

function paintOf(args: Arguments, terminal: Terminal): Paint {
  return painter(wantsColor(terminal, args.has("no-color")));
}

function objectiveOf(text: string | undefined): Objective & { readonly text: string } {
  const read = thresholdOf(text ?? "");
  const hint = 'optimize load :3000/ --find-capacity --slo "p99 < 50ms"';
  if (text === undefined) throw new OptimizeError("usage", "--find-capacity needs the objective: --slo", { hint });
  if (
    typeof read === "string" ||
    read.of !== "latency" ||
    typeof read.at !== "number" ||
    read.endpoint !== undefined ||
    !read.operator.startsWith("<")
  ) {
    throw new OptimizeError("usage", `--slo is a percentile of the latency and its limit, not ${JSON.stringify(text)}`, { hint });
  }
  return { part: Number((1 - read.at).toFixed(8)), limit: read.limit, text: read.text };
}

/** A user who waits for an answer makes less load the slower the answers are: that is not the same load. */
function rateOf({ executor }: Plan, why: string): number {
  if (executor.kind === "arrivals") return Math.max(...executor.stages.map(({ to }) => to));
  throw new OptimizeError("usage", `${why}: it needs a rate and no users`, { hint: "--rate 50 instead of --users" });
}

/** Exit 0 when a capacity was found and confirmed, 3 when not. */
export async function searchCapacity(plan: Plan, args: Arguments, terminal: Terminal): Promise<number> {
  const objective = objectiveOf(args.text("slo"));
  rateOf(plan, "--find-capacity searches a rate");
  const uses: TargetUse[] = [];
  const capacity = await findCapacity(
    async (rate, seconds) => {
      const step = await runStep(plan, rate, seconds, terminal.signal, objective.limit);
      if (step.use !== undefined) uses.push({ rate, ...step.use });
      return outcomeOf(step, objective);
    },
    {
      part: objective.part,
      start: numberOf(args, "rate", limits.rate) ?? usualStart,
      most: numberOf(args, "max-rate", limits.rate) ?? 50_000,
      seconds: timeOf(args, "step") ?? 5,
      width: 0.06,
      mostSteps: numberOf(args, "max-steps", 1000, true) ?? 30,
      signal: terminal.signal,
      onStep: (step, interval) => terminal.err(`${stepText(step, objective.part, interval)}\n`),
    },
  );
  const resource =
    capacity.rate === undefined ? undefined : saturationOf(uses, capacity.interval?.[0] ?? capacity.rate, availableParallelism());
  const limitsFound = capacity.rate === undefined ? [] : limitsOf(uses, capacity.rate, availableParallelism());
  const document = {
    ...capacity,
    objective: objective.text,
    ...(resource === undefined ? {} : { resource }),
    limits: limitsFound,
    target: uses,
  };
  print(document, capacityText(capacity, objective.text, resource, limitsFound, paintOf(args, terminal)), args, terminal);
  if (capacity.outcome === "interrupted") return 130;
  return capacity.outcome === "found" || capacity.outcome === "above" ? 0 : capacity.outcome === "below" ? 1 : 3;
}

/** Exit 1 when the other one is slower, 3 when it cannot be told. */
export async function compareTargets(
  plan: Plan,
  other: Plan,
  names: readonly [string, string],
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const seconds = timeOf(args, "step") ?? 5;
  const rate = rateOf(plan, "--compare makes the same load for both");
  const side = (name: string, of: Plan) => ({
    name,
    run: async (round: number) => {
      const step = await runStep(of, rate, seconds, terminal.signal);
      const measured = measuredOf(step);
      terminal.err(
        `  ${round + 1} ${name}: ${
          measured === undefined
            ? `says nothing: ${whyNot(step) ?? ""}`
            : Object.entries(measured)
                .map(([metric, value]) => `${metric} ${value.toFixed(3)} ms`)
                .join(", ")
        }\n`,
      );
      return measured;
    },
  });
  const comparison = await compareSides(
    side("before", plan),
    side("after", other),
    numberOf(args, "pairs", 1000, true) ?? 10,
    () => terminal.signal.aborted,
  );
  print(
    { ...comparison, before: names[0], after: names[1], ...(terminal.signal.aborted ? { interrupted: true } : {}) },
    comparisonText(comparison, ...names, terminal.signal.aborted, paintOf(args, terminal)),
    args,
    terminal,
  );
  if (terminal.signal.aborted) return 130;
  return comparison.outcome === "slower" ? 1 : comparison.outcome === "inconclusive" ? 3 : 0;
}

function print(document: object, text: string, args: Arguments, terminal: Terminal): void {
  const json = cleanJson(`${JSON.stringify(document)}\n`);
  const output = args.text("output");
  terminal.out(args.text("format") === "json" ? json : text);
  if (output !== undefined) writeWhole(resolve(terminal.cwd, output), json);
}
