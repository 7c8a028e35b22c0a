/** Options of `optimize load`: a scenario in a line, or what overrides the scenario of a file. */
import { durationOf } from "../load/durations.ts";
import { documentShape, type ScenarioDocument } from "../load/scenario/document.ts";
import { OptimizeError } from "../model/errors.ts";
import { thresholdOf, type Threshold } from "../load/thresholds.ts";
import type { Arguments, Flag } from "./args.ts";

export const modelFlags: Readonly<Record<string, Flag>> = {
  rate: { type: "string", value: "number", help: "Requests a second, however slow the answers are (default: 50)" },
  users: { type: "string", value: "number", help: "Users who each wait for their answer, instead of a rate" },
  iterations: { type: "string", value: "number", help: "End after so many iterations of all users together" },
  duration: { type: "string", value: "time", help: "How long: 30s, 5m (default: 10s)" },
  stages: { type: "string", value: "list", help: "Straight lines to rates (or users, with --users): 30s:100,1m:500,30s:0" },
  arrivals: { type: "string", choices: ["uniform", "poisson"], help: "Evenly spaced, or random with the seed (default: uniform)" },
  seed: { type: "string", value: "number", help: "Of everything that is random (default: 1)" },
  traced: {
    type: "string",
    value: "number",
    help: "Requests a second that carry a traceparent, so that slow ones can be looked up (default: 1)",
  },
  "memory-limit": { type: "string", value: "size", help: "What the target may use (512MB): a soak says when it gets there" },
  "warm-up": { type: "string", value: "time", help: "So much of the beginning counts for nothing" },
};

export const requestFlags: Readonly<Record<string, Flag>> = {
  method: { type: "string", value: "name", help: "For a URL: GET unless told" },
  header: {
    type: "string",
    value: "name: value",
    repeated: true,
    help: "A header; {{env.TOKEN}} comes from the environment and is never shown",
  },
  body: { type: "string", value: "text", help: "For a URL: what is sent" },
  timeout: { type: "string", value: "time", help: "A request without a complete answer has failed after this (default: 30s)" },
  connections: { type: "string", value: "number", help: "The most connections at the same time (default: 256)" },
  http2: { type: "boolean", help: "HTTP/2 instead of HTTP/1.1" },
  ca: { type: "string", value: "file", help: "Certificate of the authority that the target is trusted by" },
  insecure: { type: "boolean", help: "Accept any certificate" },
};

export const safetyFlags: Readonly<Record<string, Flag>> = {
  "allow-host": { type: "string", value: "name", multiple: true, help: "A host beside this machine that may be loaded" },
  "allow-writes": { type: "boolean", help: "Methods beside GET, HEAD and OPTIONS too" },
  "max-requests": { type: "string", value: "number", help: "Never send more than this (default: 10 million)" },
};

/** A positive number of a flag. */
export function numberOf(args: Arguments, flag: string, most: number, whole = false): number | undefined {
  const text = args.text(flag);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0) || (whole && !Number.isInteger(value)))
    throw wrong(`--${flag} is a ${whole ? "whole " : ""}number above zero, not ${JSON.stringify(text)}`);
  if (value > most) throw wrong(`--${flag} is at most ${most.toLocaleString("en-US")}`);
  return value;
}

/** Seconds of a flag. */
export function timeOf(args: Arguments, flag: string): number | undefined {
  const text = args.text(flag);
  const value = text === undefined ? undefined : durationOf(text);
  if (text !== undefined && (value === undefined || (value === 0 && flag !== "warm-up")))
    throw wrong(`--${flag} is a time like 30s or 5m, not ${JSON.stringify(text)}`);
  return value;
}

const wrong = (message: string): OptimizeError => new OptimizeError("usage", message, { hint: "optimize load --help" });

/** Limits that no option lifts. */
export const limits = { rate: 200_000, users: 20_000, connections: 20_000, seconds: 7 * 24 * 3600, requests: 1e10 } as const;

/** Thresholds of the options. */
export function thresholdsOf(texts: readonly string[]): Threshold[] {
  return texts.map((text) => {
    const read = thresholdOf(text);
    if (typeof read === "string") throw wrong(read);
    return read;
  });
}

/** The scenario of one URL. */
export function documentOf(url: string, args: Arguments): ScenarioDocument {
  const parsed = /^(\w+:\/\/[^/?#]+)([^#]*)/.exec(url) ?? [];
  const path = parsed[2] === undefined || parsed[2] === "" ? "/" : parsed[2];
  if (/\s/.test(path)) throw wrong(`${JSON.stringify(url)} holds a space: write %20`);
  const method = (args.text("method") ?? (args.text("body") === undefined ? "GET" : "POST")).toUpperCase();
  const read = documentShape.safeParse({
    target: parsed[1] ?? url,
    steps: [
      {
        request: `${method} ${path.startsWith("/") ? path : `/${path}`}`,
        ...(args.text("body") === undefined ? {} : { body: args.text("body") }),
      },
    ],
  });
  if (!read.success) throw wrong(`${JSON.stringify(url)} cannot be requested: ${read.error.issues[0]?.message ?? ""}`);
  return read.data;
}

/** The scenario with what the options say instead. */
export function overridden(document: ScenarioDocument, args: Arguments): ScenarioDocument {
  const rate = numberOf(args, "rate", limits.rate);
  const users = numberOf(args, "users", limits.users, true);
  const iterations = numberOf(args, "iterations", 1e10, true);
  const duration = timeOf(args, "duration");
  const seed = args.text("seed") === undefined ? undefined : seedOf(args.text("seed") ?? "");
  const arrivals = args.text("arrivals") as "uniform" | "poisson" | undefined;
  const stages = stagesOf(args.text("stages"), users !== undefined);
  if (rate !== undefined && users !== undefined) throw wrong("--rate is an open model and --users a closed one: only one of them");
  if (iterations !== undefined && rate !== undefined) throw wrong("--iterations are done by --users; a rate has a --duration");
  if (stages !== undefined && duration !== undefined) throw wrong("--stages have times of their own: leave --duration out");
  const own = rate !== undefined || users !== undefined || stages !== undefined || iterations !== undefined;
  const { stages: written, duration: length, ...rest } = document.load ?? {};
  const kept = own
    ? { seed: rest.seed, arrivals: rest.arrivals, ...(stages === undefined ? { duration: length } : {}) }
    : { ...rest, stages: written, duration: length };
  const given = { rate, users, iterations, duration, seed, arrivals, stages };
  const load = { ...kept, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  if (duration !== undefined && !own && written !== undefined)
    throw wrong("the scenario has stages with times of their own: leave --duration out, or name a --rate");
  const headers = Object.fromEntries(args.list("header").map(headerOf));
  const withHeaders = <S extends { headers?: Record<string, string> | undefined }>(step: S): S => ({
    ...step,
    headers: { ...step.headers, ...headers },
  });
  const timeout = timeOf(args, "timeout");
  const connections = numberOf(args, "connections", limits.connections, true);
  const warmUp = timeOf(args, "warm-up");
  return {
    ...document,
    load,
    ...(document.steps === undefined ? {} : { steps: document.steps.map(withHeaders) }),
    ...(document.setup === undefined ? {} : { setup: document.setup.map(withHeaders) }),
    ...(document.scenarios === undefined
      ? {}
      : {
          scenarios: Object.fromEntries(
            Object.entries(document.scenarios).map(([name, one]) => [name, { ...one, steps: one.steps.map(withHeaders) }]),
          ),
        }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(connections === undefined ? {} : { connections }),
    ...(warmUp === undefined ? {} : { warmUp }),
    ...(args.has("http2") ? { protocol: "2" as const } : {}),
  };
}

function seedOf(text: string): number {
  if (!/^-?\d+$/.test(text)) throw wrong(`--seed is a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(":");
  const name = text.slice(0, colon).trim();
  if (colon <= 0 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw wrong(`--header is "name: value", not ${JSON.stringify(text)}`);
  return [name, text.slice(colon + 1).trim()];
}

function stagesOf(text: string | undefined, users: boolean): NonNullable<ScenarioDocument["load"]>["stages"] {
  if (text === undefined) return undefined;
  return text.split(",").map((one) => {
    const [time = "", level = ""] = one.trim().split(":");
    const duration = durationOf(time);
    const number = Number(level);
    if (duration === undefined || level === "" || !(number >= 0))
      throw wrong(`--stages is a list like 30s:100,1m:500, not ${JSON.stringify(text)}`);
    if (number > (users ? limits.users : limits.rate)) throw wrong(`--stages go up to ${users ? limits.users : limits.rate} at most`);
    return users ? { duration, users: number } : { duration, rate: number };
  });
}

/** Bytes of a flag: "512MB", "2GB"; binary units too. */
export function bytesOf(args: Arguments, flag: string): number | undefined {
  const text = args.text(flag);
  if (text === undefined) return undefined;
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kMG]i?B?|B)?$/.exec(text) ?? [];
  if (number === "") throw wrong(`--${flag} is a size like 512MB, not ${JSON.stringify(text)}`);
  const base = unit.includes("i") ? 1024 : 1000;
  return Number(number) * base ** (" kMG".indexOf(unit[0] ?? " ") > 0 ? " kMG".indexOf(unit[0] ?? " ") : 0);
}
