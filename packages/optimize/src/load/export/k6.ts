/** A plan as a script for k6. Only generated: nothing of k6 is part of this program. */
import { chosen } from "../arrivals.ts";
import type { Expectation, Plan, PlannedScenario, PlannedStep } from "../plan.ts";
import { keysOf } from "../scenario/json-path.ts";
import type { Threshold } from "../thresholds.ts";
import { authorityOf } from "../worker/step.ts";
import { jsonText, quoted, templateText } from "./expressions.ts";
import { executorText, thresholdLines } from "./k6-options.ts";

export interface K6Options {
  readonly thresholds: readonly Threshold[];
  readonly abort: boolean;
  readonly setup: Plan | undefined;
  /** Files of feeders by name, as the script opens them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where iterations repeat their choice of scenario. */
const cycle = 100;

/** The script: JavaScript that type-checks against @types/k6. */
export function k6Script(plan: Plan, { thresholds, abort, setup, files }: K6Options): string {
  const steps = [...plan.scenarios, ...(setup?.scenarios ?? [])].flatMap((scenario) => scenario.steps);
  const lines = [
    "// @ts-check",
    "// Written by optimize load export k6. Latencies of k6 run from when a request was sent: what waited for a free user is in dropped_iterations.",
    'import http from "k6/http";',
    'import exec from "k6/execution";',
    'import { check, sleep } from "k6";',
    ...(plan.feeders.length > 0 ? ['import { SharedArray } from "k6/data";'] : []),
    "",
    "export const options = {",
    `  scenarios: { load: ${executorText(plan.executor, plan.timeout)} },`,
    "  thresholds: {",
    ...thresholdLines(thresholds, abort),
    "  },",
    '  summaryTrendStats: ["avg", "min", "med", "p(90)", "p(95)", "p(99)", "p(99.9)", "max"],',
    ...(plan.insecure ? ["  insecureSkipTLSVerify: true,"] : []),
    "};",
    "",
    ...feederLines(plan, files),
    `const variables = ${jsonText(Object.fromEntries(Object.entries(plan.variables).filter(([name]) => !name.startsWith("env."))))};`,
    "",
    ...helpers(plan, steps),
    ...(setup === undefined ? [] : setupLines(setup)),
    ...plan.scenarios.flatMap((scenario, place) => [...scenarioLines(plan, scenario, place), ""]),
    ...defaultLines(plan, setup !== undefined),
  ];
  return `${lines.join("\n")}\n`;
}

function feederLines({ feeders }: Plan, files: K6Options["files"]): string[] {
  if (feeders.length === 0) return [];
  return [
    "/** @param {string} text @returns {Record<string, string>[]} */",
    "function rows(text) {",
    "  /** @type {string[][]} */",
    "  const all = [[]];",
    '  for (const [, quoted, plain = "", end] of text.trim().matchAll(/(?:"((?:[^"]|"")*)"|([^",\\r\\n]*))(,|\\r?\\n|$)/g)) {',
    '    all[all.length - 1].push(quoted === undefined ? plain : quoted.replace(/""/g, \'"\'));',
    '    if (end === "") break;',
    '    if (end !== ",") all.push([]);',
    "  }",
    "  const [head, ...rest] = all;",
    '  return rest.filter((cells) => cells.length === head.length).map((cells) => Object.fromEntries(head.map((name, column) => [name.trim(), cells[column] || ""])));',
    "}",
    ...feeders.map(({ name }, place) => {
      const file = files[name] ?? "";
      const read = /\.json$/i.test(file)
        ? `JSON.parse(open(${quoted(file)}))`
        : /\.(?:jsonl|ndjson)$/i.test(file)
          ? `open(${quoted(file)}).trim().split("\\n").map((line) => JSON.parse(line))`
          : `rows(open(${quoted(file)}))`;
      return `const feeder${place} = new SharedArray(${quoted(name)}, () => ${read});`;
    }),
    "",
  ];
}

function helpers({ scenarios }: Plan, steps: readonly PlannedStep[]): string[] {
  const readsJson = steps.some(({ expect, extract }) => expect.json.length > 0 || extract.some((one) => "json" in one));
  return [
    "/** @typedef {Record<string, any>} Values */",
    "/** @param {unknown} value */",
    'const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));',
    '/** @param {import("k6/http").RefinedResponse<any>} response */',
    'const bodyOf = (response) => (typeof response.body === "string" ? response.body : "");',
    '/** @param {import("k6/http").RefinedResponse<any>} response @param {string} name */',
    "const header = (response, name) => { const key = Object.keys(response.headers).find((one) => one.toLowerCase() === name.toLowerCase()); return key === undefined ? undefined : response.headers[key]; };",
    ...(readsJson
      ? [
          '/** @param {import("k6/http").RefinedResponse<any>} response @param {(string | number)[]} keys @returns {any} */',
          "function at(response, keys) {",
          "  try {",
          "    let value = JSON.parse(bodyOf(response));",
          '    for (const key of keys) value = Array.isArray(value) && typeof key === "number" && key < 0 ? value[value.length + key] : value === null || value === undefined ? undefined : value[key];',
          "    return value;",
          "  } catch (error) {",
          "    return undefined;",
          "  }",
          "}",
        ]
      : []),
    ...(JSON.stringify(scenarios).includes("random.uuid")
      ? ['const uuid = () => "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));']
      : []),
    "",
  ];
}

function setupLines(setup: Plan): string[] {
  const extracted = [...new Set(setup.scenarios.flatMap(({ steps }) => steps.flatMap(({ extract }) => extract.map(({ name }) => name))))];
  return [
    "export function setup() {",
    "  /** @type {Values} */",
    "  const v = Object.assign({}, variables);",
    '  /** @type {import("k6/http").RefinedResponse<any>} */',
    "  let r;",
    ...setup.scenarios.flatMap(({ steps }) => steps.flatMap((step) => stepLines(setup, step, 'throw new Error("the setup failed")'))),
    `  return { ${extracted.map((name) => `${quoted(name)}: v[${quoted(name)}]`).join(", ")} };`,
    "}",
    "",
  ];
}

function scenarioLines(plan: Plan, { name, steps }: PlannedScenario, place: number): string[] {
  return [
    `/** ${name === "" ? "The scenario" : name.replaceAll("*/", "* /")}. @param {Values} v */`,
    `function scenario${place}(v) {`,
    '  /** @type {import("k6/http").RefinedResponse<any>} */',
    "  let r;",
    ...steps.flatMap((step) => stepLines(plan, step, "return")),
    "}",
  ];
}

function defaultLines({ scenarios, feeders }: Plan, hasSetup: boolean): string[] {
  const weights = scenarios.map(({ weight }) => weight);
  const order = Array.from({ length: cycle }, (_, index) => chosen(weights, index));
  return [
    hasSetup ? "/** @param {Values} data */" : "",
    `export default function (${hasSetup ? "data" : ""}) {`,
    "  const i = exec.scenario.iterationInTest;",
    `  const v = Object.assign({ iteration: i }, variables${hasSetup ? ", data" : ""});`,
    ...feeders.flatMap(({ name, order: kind }, place) => [
      `  const row${place} = feeder${place}[${kind === "random" ? `Math.floor(Math.random() * feeder${place}.length)` : `i % feeder${place}.length`}];`,
      `  for (const column of Object.keys(row${place})) Object.assign(v, { [${quoted(`${name}.`)} + column]: row${place}[column] });`,
    ]),
    scenarios.length === 1
      ? "  scenario0(v);"
      : `  [${scenarios.map((_, place) => `scenario${place}`).join(", ")}][[${order.join(",")}][i % ${cycle}]](v);`,
    "}",
  ].filter((line) => line !== "");
}

function stepLines(plan: Plan, step: PlannedStep, otherwise: string): string[] {
  const origin = plan.origins[step.origin];
  const base = origin === undefined ? "" : `${origin.protocol}//${authorityOf(origin)}`;
  const name = plan.endpoints[step.endpoint] ?? "";
  const isJson = step.body !== undefined && "json" in step.body;
  const headers = step.headers.map(([key, value]) => `${quoted(key)}: ${templateText(value)}`);
  if (isJson && !step.headers.some(([key]) => key.toLowerCase() === "content-type")) headers.push('"Content-Type": "application/json"');
  const body =
    step.body === undefined ? "null" : "json" in step.body ? `JSON.stringify(${jsonText(step.body.json)})` : templateText(step.body.text);
  const statuses = step.expect.status.map(([from, to]) => (from === to ? String(from) : `{ min: ${from}, max: ${to} }`)).join(", ");
  const [least, most] = step.think;
  return [
    `  r = http.request(${quoted(step.method)}, ${quoted(base)} + ${templateText(step.path, "encodeURIComponent")}, ${body}, {`,
    `    headers: { ${headers.join(", ")} },`,
    `    tags: { name: ${quoted(name)} },`,
    `    timeout: ${plan.timeout}, redirects: 0, responseCallback: http.expectedStatuses(${statuses}),`,
    "  });",
    `  if (!check(r, {${checks(step.expect)
      .map((one) => ` ${one},`)
      .join("")} }, { name: ${quoted(name)} })) ${otherwise};`,
    ...step.extract.flatMap((one) => [
      `  v[${quoted(one.name)}] = ${"json" in one ? `at(r, ${JSON.stringify(keysOf(one.json) ?? [])})` : "header" in one ? `header(r, ${quoted(one.header)})` : `(new RegExp(${quoted(one.regex)}).exec(bodyOf(r)) || [])[${one.group}]`};`,
      `  if (v[${quoted(one.name)}] === undefined || v[${quoted(one.name)}] === null) ${otherwise};`,
    ]),
    ...(most > 0 ? [`  sleep(${least === most ? least / 1000 : `${least / 1000} + Math.random() * ${(most - least) / 1000}`});`] : []),
  ];
}

function checks({ status, body, contains, matches, json, headers, within }: Expectation): string[] {
  const test = status
    .map(([from, to]) => (from === to ? `one.status === ${from}` : `(one.status >= ${from} && one.status <= ${to})`))
    .join(" || ");
  return [
    `"status": (one) => ${test}`,
    ...(body === "some"
      ? ['"has a body": (one) => bodyOf(one).length > 0']
      : body === "empty"
        ? ['"has no body": (one) => bodyOf(one).length === 0']
        : []),
    ...contains.map((part) => `${quoted(`contains ${part}`)}: (one) => bodyOf(one).includes(${quoted(part)})`),
    ...matches.map((pattern) => `${quoted(`matches ${pattern}`)}: (one) => new RegExp(${quoted(pattern)}).test(bodyOf(one))`),
    ...json.map(
      ([path, value]) =>
        `${quoted(path)}: (one) => JSON.stringify(at(one, ${JSON.stringify(keysOf(path) ?? [])})) === ${quoted(JSON.stringify(value))}`,
    ),
    ...headers.map(([name, value]) => `${quoted(`header ${name}`)}: (one) => header(one, ${quoted(name)}) === ${quoted(value)}`),
    ...(within === undefined ? [] : [`${quoted(`within ${within} ms`)}: (one) => one.timings.duration <= ${within}`]),
  ];
}
