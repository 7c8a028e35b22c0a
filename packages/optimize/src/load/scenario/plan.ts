/** A scenario as it is written becomes a plan: names looked up, secrets taken from the environment, everything that is wrong said at once. */
import { dirname, resolve } from "node:path";
import type { Origin } from "../exchange.ts";
import type { Executor, Expectation, Feeder, Plan, PlannedScenario, PlannedStep, Stage } from "../plan.ts";
import { originOf, urlOf, type Permissions } from "../target.ts";
import type { ScenarioDocument, WrittenLoad, WrittenStep } from "./document.ts";
import { rowsOf } from "./feeder.ts";
import { problemsError } from "./read.ts";
import { madeNames, namesIn, namesInJson, templateOf } from "./template.ts";

export interface Setting {
  readonly document: ScenarioDocument;
  /** Where the scenario lies: feeders are named from there. */
  readonly path: string;
  readonly shown: string;
  readonly permissions: Permissions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: Pick<Plan, "ca" | "insecure">;
  readonly limits: { readonly mostRequests: number };
  readonly segment?: Plan["segment"];
  readonly traced?: number;
}

/** So many connections unless told: what an open model needs while a target stands still for a moment. */
export const usualConnections = 256;
const usualTimeout = 30;
const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** A plan and, when the scenario has one, its setup as a plan of one iteration. Throws an OptimizeError. */
export async function planOf(setting: Setting): Promise<{ readonly plan: Plan; readonly setup?: Plan }> {
  const { document } = setting;
  const problems: string[] = [];
  const builder = new Builder(setting, problems);
  const target = urlOf(document.target);
  await builder.origin(target);
  const feeders = builder.feeders();
  const setupSteps: PlannedStep[] = [];
  const known = new Set([...Object.keys(document.variables ?? {}), "iteration", ...madeNames]);
  for (const one of feeders) for (const column of Object.keys(one.rows[0] ?? {})) known.add(`${one.name}.${column}`);
  for (const [place, step] of (document.setup ?? []).entries())
    setupSteps.push(await builder.step(step, `setup[${place}]`, target, known, true));
  const written = document.scenarios ?? { "": { weight: 1, steps: document.steps ?? [], cookies: undefined } };
  const scenarios: PlannedScenario[] = [];
  for (const [name, { weight, steps, cookies }] of Object.entries(written)) {
    const own = new Set(known);
    const planned: PlannedStep[] = [];
    for (const [place, step] of steps.entries()) {
      planned.push(await builder.step(step, `${name === "" ? "" : `scenarios.${name}.`}steps[${place}]`, target, own, false));
    }
    scenarios.push({ name, weight, steps: planned, cookies: cookies ?? (steps.length > 1 || setupSteps.length > 0) });
  }
  const variables: Record<string, string> = { ...document.variables, ...builder.environment };
  if (problems.length > 0) throw problemsError(setting.shown, problems);
  const base = {
    origins: builder.origins,
    endpoints: builder.endpoints,
    variables,
    feeders,
    secrets: Object.values(builder.environment).filter((value) => value.length >= 4),
    protocol: document.protocol ?? "1.1",
    connections: document.connections ?? usualConnections,
    timeout: (document.timeout ?? usualTimeout) * 1000,
    grace: (document.timeout ?? usualTimeout) * 1000,
    ...setting.transport,
    seed: document.load?.seed ?? 1,
    traced: setting.traced ?? 0,
    mostRequests: setting.limits.mostRequests,
    segment: setting.segment ?? { index: 0, of: 1 },
  } satisfies Omit<Plan, "scenarios" | "executor">;
  const plan: Plan = { ...base, scenarios, executor: executorOf(document.load ?? {}) };
  if (setupSteps.length === 0) return { plan };
  const once: Executor = { kind: "iterations", users: 1, iterations: 1, seconds: (document.timeout ?? usualTimeout) * setupSteps.length };
  const setup: Plan = {
    ...base,
    segment: { index: 0, of: 1 },
    scenarios: [{ name: "setup", weight: 1, cookies: true, steps: setupSteps }],
    executor: once,
  };
  return { plan, setup };
}

export const usualRate = 50;
export const usualSeconds = 10;

/** What makes the load: an open model unless users are named. */
export function executorOf({ rate, users, iterations, duration, arrivals, stages }: WrittenLoad): Executor {
  const seconds = duration ?? usualSeconds;
  const poisson = arrivals === "poisson";
  if (iterations !== undefined) return { kind: "iterations", users: users ?? 1, iterations, seconds: duration ?? 3600 };
  if (stages !== undefined) {
    const open = stages.some((stage) => stage.rate !== undefined);
    let from = rate ?? users ?? 0;
    const lines: Stage[] = stages.map((stage) => {
      const to = stage.rate ?? stage.users ?? 0;
      const line = { from, to, seconds: stage.duration };
      from = to;
      return line;
    });
    return open ? { kind: "arrivals", stages: lines, poisson } : { kind: "users", stages: lines };
  }
  if (users !== undefined) return { kind: "users", stages: [{ from: users, to: users, seconds }] };
  return { kind: "arrivals", stages: [{ from: rate ?? usualRate, to: rate ?? usualRate, seconds }], poisson };
}

class Builder {
  readonly origins: Origin[] = [];
  readonly endpoints: string[] = [];
  readonly environment: Record<string, string> = {};
  readonly #setting: Setting;
  readonly #problems: string[];
  readonly #places = new Map<string, number>();

  constructor(setting: Setting, problems: string[]) {
    this.#setting = setting;
    this.#problems = problems;
  }

  async origin(url: URL): Promise<number> {
    const known = this.#places.get(url.origin);
    if (known !== undefined) return known;
    const origin = await originOf(url, this.#setting.permissions);
    this.#places.set(url.origin, this.origins.length);
    return this.origins.push(origin) - 1;
  }

  feeders(): Feeder[] {
    const { document, path } = this.#setting;
    return Object.entries(document.feeders ?? {}).flatMap(([name, { file, order }]) => {
      const rows = rowsOf(resolve(dirname(path), file));
      if (typeof rows !== "string") return [{ name, order, rows }];
      this.#problems.push(`feeders.${name}: ${file} ${rows}`);
      return [];
    });
  }

  /** Plans a step; what it extracts is known to those after it. */
  async step(written: WrittenStep, place: string, target: URL, known: Set<string>, isSetup: boolean): Promise<PlannedStep> {
    const [, verb = "GET", rest = "/"] = /^(?:([A-Z]+) )?(.*)$/.exec(written.request) ?? [];
    let [origin, path] = [0, rest];
    if (/^\w+:\/\//.test(rest)) {
      const url = urlOf(rest);
      origin = await this.origin(url);
      path = rest.replace(/^\w+:\/\/[^/]*/, "") || "/";
    } else path = `${target.pathname.replace(/\/$/, "")}${rest}`;
    if (!safeMethods.has(verb) && !this.#setting.permissions.writes) {
      this.#problems.push(`${place}: ${verb} changes something; --allow-writes allows it`);
    }
    if (/\s/.test(path.replaceAll(/\{\{.*?\}\}/g, ""))) this.#problems.push(`${place}.request holds a space: write %20`);
    this.#names(written, place, path, known);
    for (const name of Object.keys(written.extract ?? {})) known.add(name);
    const name = written.name ?? `${isSetup ? "setup: " : ""}${verb} ${rest.replace(/\?.*$/, "")}`;
    const think = written.think ?? 0;
    return {
      endpoint: this.#endpoint(name),
      origin,
      method: verb,
      path: templateOf(encodeUnsafe(path)),
      headers: Object.entries(written.headers ?? {}).map(([key, value]) => [key, templateOf(value)]),
      ...(written.json === undefined
        ? written.body === undefined
          ? {}
          : { body: { text: templateOf(written.body) } }
        : { body: { json: written.json } }),
      expect: expectationOf(written, verb),
      extract: Object.entries(written.extract ?? {}).map(([key, one]) => ({ name: key, ...one })),
      think: typeof think === "number" ? [think * 1000, think * 1000] : [think[0] * 1000, think[1] * 1000],
      ...streamOf(written),
    };
  }

  #endpoint(name: string): number {
    const at = this.endpoints.indexOf(name);
    return at >= 0 ? at : this.endpoints.push(name) - 1;
  }

  #names(written: WrittenStep, place: string, path: string, known: ReadonlySet<string>): void {
    const texts = [path, written.body ?? "", ...Object.values(written.headers ?? {}), ...(written.websocket?.send ?? [])];
    for (const name of [...texts.flatMap((text) => namesIn(templateOf(text))), ...namesInJson(written.json)]) {
      if (name.startsWith("env.")) {
        const value = this.#setting.env[name.slice(4)];
        if (value === undefined || value === "") this.#problems.push(`${place}: {{${name}}} is not set in the environment`);
        else this.environment[name] = value;
      } else if (!known.has(name))
        this.#problems.push(`${place}: {{${name}}} has no value: no variable, no column of a feeder, nothing extracted before`);
    }
  }
}

/** What may stand in no request line is encoded; what is encoded already stays. */
function encodeUnsafe(path: string): string {
  return path
    .split(/(\{\{.*?\}\})/)
    .map((part, place) => (place % 2 === 1 ? part : encodeURI(part).replaceAll("%25", "%").replace(/#.*$/, "")))
    .join("");
}

function streamOf({ websocket, sse }: WrittenStep): Pick<PlannedStep, "stream"> {
  if (websocket !== undefined)
    return { stream: { kind: "websocket", send: (websocket.send ?? []).map(templateOf), messages: websocket.messages } };
  return sse === undefined ? {} : { stream: { kind: "sse", send: [], messages: sse.messages } };
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

function expectationOf({ expect = {} }: WrittenStep, method: string): Expectation {
  const statuses = expect.status === undefined ? ["2xx"] : list(expect.status);
  // Who asks for 201 or 302 by name has said that no body is fine.
  const usual = method === "HEAD" || method === "OPTIONS" || method !== "GET" || expect.status !== undefined ? "any" : "some";
  return {
    status: statuses.map((status) =>
      typeof status === "number" ? [status, status] : [Number(status[0]) * 100, Number(status[0]) * 100 + 99],
    ),
    body: expect.body ?? usual,
    contains: list(expect.contains),
    matches: list(expect.matches),
    json: Object.entries(expect.json ?? {}),
    headers: Object.entries(expect.headers ?? {}),
    ...(expect.within === undefined ? {} : { within: expect.within * 1000 }),
  };
}
