import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { version } from "../../../engine/version.ts";
import { writeWhole } from "../../../engine/store.ts";
import { preflight } from "../../../load/preflight.ts";
import { runLoad } from "../../../load/run.ts";
import { planOf } from "../../../load/scenario/plan.ts";
import { ofOneRequest, readScenario } from "../../../load/scenario/read.ts";
import { secondsOf, type Plan } from "../../../load/plan.ts";
import { describeModel } from "../../../load/describe.ts";
import { setUp } from "../../../load/set-up.ts";
import { looksLikeUrl, urlOf, wholeUrl } from "../../../load/target.ts";
import { withStandard, type Threshold } from "../../../load/thresholds.ts";
import { OptimizeError } from "../../../model/errors.ts";
import { nearest } from "../../../model/nearest.ts";
import { loadFormats } from "../../../reporters/load/index.ts";
import { painter } from "../../../reporters/layout/style.ts";
import { grouped, type Arguments, type Flag } from "../../args.ts";
import type { Command } from "../../command.ts";
import {
  bytesOf,
  documentOf,
  limits,
  modelFlags,
  numberOf,
  overridden,
  requestFlags,
  safetyFlags,
  thresholdsOf,
  timeOf,
} from "../../load-flags.ts";
import { documentOfRequests } from "../../load-routes.ts";
import { namesSource, sourceFlags } from "../../load-sources.ts";
import { keepLoad } from "../../load-keeping.ts";
import { compareVersions, versionFlags } from "../../load-versions.ts";
import { loadProgress } from "../../load-progress.ts";
import { compareTargets, searchCapacity, searchFlags } from "../../load-search.ts";
import { exitCodes } from "../../load-exit.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";

const targetFlag: Readonly<Record<string, Flag>> = {
  target: { type: "string", value: "url", help: "Where the service listens, for those and for a scenario" },
};

const load: Command = {
  name: "load",
  positionals: ["[url|scenario]"],
  flags: {
    ...grouped("What is asked, beside a URL or a scenario: the GET routes of the last scan of this folder, or", {
      ...targetFlag,
      ...sourceFlags,
    }),
    ...grouped("How much load", modelFlags),
    ...grouped("How it is asked", requestFlags),
    threshold: {
      type: "string",
      value: "text",
      multiple: true,
      help: 'What has to hold: "p95 < 200ms", "errors < 1%", "rate >= 500/s", "[GET /orders] p99 < 1s"',
    },
    "abort-on-fail": { type: "boolean", help: "End as soon as a threshold is missed" },
    ...grouped("Searches instead of one run", { ...searchFlags, ...versionFlags }),
    ...grouped("Safety", safetyFlags),
    segment: { type: "string", value: "i/n", help: "Do only part i (from 0) of n of the schedule; optimize load merge adds the results" },
    workers: { type: "string", value: "number", help: "Threads that make the load (default: as many as the rate needs)" },
    format: { type: "string", choices: Object.keys(loadFormats), help: "How the result is printed (default: text)" },
    output: { type: "string", value: "file", help: "Write the whole result as JSON to a file too" },
    "no-color": { type: "boolean", help: "Plain text" },
  },
  examples: [
    ["optimize load http://localhost:3000/orders --rate 200 --duration 30s", "200 requests a second for half a minute"],
    ['optimize load load.jsonc --threshold "p95 < 200ms"', "a scenario; exit 1 when the threshold is missed"],
    ["optimize load :3000/ --users 20 --stages 30s:20,1m:100", "closed model, ramping users"],
    [
      "optimize load --target :3000 --examples access.log",
      "the GET routes that the last scan of this folder found, with values from a log",
    ],
    ["optimize load --target :3000 --openapi openapi.yaml", "the GET requests of a description"],
    ['optimize load :3000/ --find-capacity --slo "p99 < 50ms"', "the highest rate at which that holds, with an interval"],
    ["optimize load :3000/ --compare :3001/ --rate 100", "which of two is faster"],
    ['optimize load :3000/orders --compare main --start "npm start"', "the present files against a git ref; exit 1 when they are slower"],
    ["optimize load init | merge | export", "write a scenario; add results of machines; k6 and Kubernetes"],
  ],
  notes: [
    "A scenario is a file of JSON with comments (docs/load.md has all of it; optimize load init writes one):",
    '  { "target": "http://localhost:3000",',
    '    "steps": [{ "request": "GET /orders", "extract": { "id": "$[0].id" }, "think": "1s" }, { "request": "GET /orders/{{id}}" }],',
    '    "load": { "rate": 50, "duration": "30s" }, "thresholds": ["p95 < 200ms", "errors < 1%"] }',
    "",
    "Exit codes: 0 passed, 1 a threshold missed (or slower), 2 a mistake or nobody there, 3 inconclusive, 130 interrupted",
  ],
  run,
};

export default load;

const usualTraced = 1;
const usualMostRequests = 10_000_000;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const given = args.positionals[0] === "" ? undefined : args.positionals[0];
  const target = args.text("target");
  if (given !== undefined && namesSource(args))
    throw new OptimizeError("usage", "requests come from a URL or scenario, or from a source: not from both", {
      hint: "where the service listens is --target",
    });
  if (given === undefined && target === undefined && !namesSource(args)) {
    throw new OptimizeError("usage", "what is to be loaded? Name a URL or a scenario", {
      hint: "optimize load http://localhost:3000/orders, or --target http://localhost:3000 for the routes that the last scan found",
    });
  }
  const named = given ?? "the requests";
  const path = resolve(terminal.cwd, given ?? ".");
  const isUrl = looksLikeUrl(named);
  const written =
    given === undefined
      ? await documentOfRequests(target === undefined ? undefined : wholeUrl(target), args, terminal)
      : isUrl
        ? documentOf(wholeUrl(named), args)
        : readScenario(path, named);
  const document = overridden(
    given !== undefined && target !== undefined && !isUrl ? { ...written, target: wholeUrl(target) } : written,
    args,
  );
  const thresholds = withStandard(thresholdsOf([...(document.thresholds ?? []), ...args.list("threshold")]));
  const ca = caOf(args.text("ca"), terminal);
  const setting = {
    path,
    shown: isUrl ? ofOneRequest : named,
    permissions: { hosts: args.list("allow-host"), writes: args.has("allow-writes") },
    env: terminal.env,
    transport: { insecure: args.has("insecure"), ...(ca === undefined ? {} : { ca }) },
    limits: { mostRequests: numberOf(args, "max-requests", limits.requests, true) ?? usualMostRequests },
    traced: args.text("traced") === "0" ? 0 : (numberOf(args, "traced", 1000) ?? usualTraced),
    segment: segmentOf(args.text("segment")),
  };
  const ready = async (from: string): Promise<Plan> => {
    const { plan, setup } = await planOf({ ...setting, document: { ...document, target: from } });
    checkEndpoints(thresholds, plan.endpoints);
    if (secondsOf(plan.executor) > limits.seconds)
      throw new OptimizeError("usage", "a run is at most a week long", { hint: "optimize load --help" });
    await preflight(plan);
    return setup === undefined ? plan : { ...plan, variables: { ...plan.variables, ...(await setUp(setup)) } };
  };
  checkTogether(args);
  const other = args.text("compare");
  if (other !== undefined && !looksLikeUrl(other)) {
    const { pathname } = urlOf(document.target);
    return compareVersions(other, (origin) => ready(`${origin}${pathname}`.replace(/\/$/, "")), args, terminal);
  }
  const plan = await ready(document.target);
  if (args.has("find-capacity")) return searchCapacity(plan, args, terminal);
  if (other !== undefined)
    return compareTargets(plan, await ready(wholeUrl(other).replace(/\/$/, "")), [document.target, other], args, terminal);
  const memoryLimit = bytesOf(args, "memory-limit");
  const workers = numberOf(args, "workers", 64, true);
  const line = loadProgress(terminal);
  const result = await runLoad(plan, {
    target: document.target,
    model: describeModel(plan),
    thresholds,
    abort: args.has("abort-on-fail") || document.abortOnFail === true,
    leaveOut: timeOf(args, "warm-up") ?? document.warmUp ?? 0,
    ...(workers === undefined ? {} : { workers }),
    signal: terminal.signal,
    onProgress: line.show,
    histograms: true,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    tool: version,
  }).finally(line.clear);
  keepLoad(terminal, result);
  const format = loadFormats[args.text("format") ?? "text"] ?? loadFormats["text"];
  const output = args.text("output");
  terminal.out(format?.(result, painter(wantsColor(terminal, args.has("no-color")))) ?? "");
  // A disk that is full costs the file, not what was measured.
  if (output !== undefined) writeWhole(resolve(terminal.cwd, output), loadFormats["json"]?.(result, painter(false)) ?? "");
  return exitCodes[result.verdict];
}

/** A threshold on an endpoint that is not there would be found out when the run is over. */
function checkEndpoints(thresholds: readonly Threshold[], names: readonly string[]): void {
  for (const { endpoint, text } of thresholds) {
    if (endpoint === undefined || names.includes(endpoint)) continue;
    const near = nearest(endpoint, names);
    throw new OptimizeError(
      "usage",
      `${JSON.stringify(text)}: there is no endpoint ${endpoint}${near === undefined ? "" : `; did you mean ${near}?`}`,
      {
        hint: `endpoints are ${names.slice(0, 10).join(", ")}`,
      },
    );
  }
}

/** Options that say nothing without another one: left alone they would be a measurement of something else. */
const companions: Readonly<Record<string, readonly string[]>> = {
  slo: ["find-capacity"],
  "max-rate": ["find-capacity"],
  "max-steps": ["find-capacity"],
  pairs: ["compare"],
  start: ["compare"],
  prepare: ["compare"],
  "port-variable": ["compare"],
  step: ["find-capacity", "compare"],
};

function checkTogether(args: Arguments): void {
  for (const [flag, needed] of Object.entries(companions)) {
    if (args.has(flag) && !needed.some((one) => args.has(one)))
      throw new OptimizeError("usage", `--${flag} belongs to ${needed.map((one) => `--${one}`).join(" or ")}`, {
        hint: "optimize load --help",
      });
  }
  if (args.has("find-capacity") && args.has("compare"))
    throw new OptimizeError("usage", "--find-capacity and --compare are two searches: one at a time");
  const prepare = ["start", "prepare", "port-variable"].find((flag) => args.has(flag));
  if (prepare !== undefined && looksLikeUrl(args.text("compare") ?? ""))
    throw new OptimizeError("usage", `--${prepare} is for a git ref: what listens at ${args.text("compare") ?? ""} runs already`);
}

function segmentOf(text: string | undefined): { readonly index: number; readonly of: number } {
  if (text === undefined) return { index: 0, of: 1 };
  const [, index = NaN, of = NaN] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!(of >= 1 && of <= 10_000 && index < of))
    throw new OptimizeError("usage", `--segment is i/n with i from 0 to n - 1, not ${JSON.stringify(text)}`);
  return { index, of };
}

function caOf(path: string | undefined, terminal: Terminal): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(resolve(terminal.cwd, path), "utf8");
  } catch (cause) {
    throw new OptimizeError("not-found", `there is no certificate ${path}`, { cause });
  }
}
