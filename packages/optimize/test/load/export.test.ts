/** Scripts for k6 type-check against its own types; manifests hold them; what k6 cannot do is refused. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { k6Script } from "../../src/load/export/k6.ts";
import { refusals } from "../../src/load/export/k6-options.ts";
import { jobManifest, testRunManifest } from "../../src/load/export/kubernetes.ts";
import type { Executor } from "../../src/load/plan.ts";
import { thresholdOf, type Threshold } from "../../src/load/thresholds.ts";
import { planFor } from "./server.ts";

const scenario = {
  target: "http://127.0.0.1:9/base",
  variables: { region: 'e"u`${1}\\' },
  feeders: { users: { file: "users.csv", order: "random" } },
  setup: [{ request: "POST /login", json: { name: "{{env.TOKEN}}" }, extract: { bearer: "$.token" } }],
  scenarios: {
    "browse */ //": {
      weight: 3,
      steps: [
        {
          request: "GET /items?r={{region}}",
          headers: { authorization: "Bearer {{bearer}}" },
          extract: { id: "$.items[-1].id", next: { header: "location" }, page: { regex: "page=(\\d+)" } },
          expect: {
            json: { "$.ok": true, "$['a b']": null },
            contains: 'x`${y}"',
            matches: "^a/b$",
            headers: { "x-a": "b" },
            within: "2s",
          },
          think: ["1s", "2s"],
        },
        { request: "HEAD /items/{{id}}" },
      ],
    },
    buy: {
      weight: 1,
      steps: [
        {
          request: "POST /orders",
          json: { who: "{{users.name}}", n: "{{iteration}}", key: "{{random.uuid}}", list: [1, "{{region}}x"] },
          expect: { status: [201, "2xx"], body: "empty" },
        },
        { request: "PUT /raw", body: "a={{page2}}&b={{random.int}}" },
      ],
    },
  },
};
const executors: Readonly<Record<string, Executor>> = {
  "a constant rate": { kind: "arrivals", poisson: false, stages: [{ from: 20, to: 20, seconds: 10 }] },
  "a ramping rate": {
    kind: "arrivals",
    poisson: false,
    stages: [
      { from: 0, to: 20.5, seconds: 10 },
      { from: 20.5, to: 1, seconds: 5 },
    ],
  },
  "constant users": { kind: "users", stages: [{ from: 5, to: 5, seconds: 10 }] },
  "ramping users": {
    kind: "users",
    stages: [
      { from: 1, to: 5, seconds: 10 },
      { from: 5, to: 0, seconds: 5 },
    ],
  },
  iterations: { kind: "iterations", users: 3, iterations: 30, seconds: 60 },
};
const thresholds = ["p95 < 200ms", "service.max <= 2s", "errors < 1%", "rate >= 10/s", "[GET /items] p99.9 < 1s"].map(
  (text) => thresholdOf(text) as Threshold,
);

const modules = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

async function script(executor: Executor, abort = false): Promise<string> {
  const { plan, setup } = await planFor({ ...scenario, variables: { ...scenario.variables, page2: "1" } }, executor, {
    TOKEN: "secret-token",
  });
  return k6Script(plan, { thresholds, abort, setup, files: { users: "users.csv" } });
}

describe("a script for k6", () => {
  it("type-checks against @types/k6, whatever the executor", async () => {
    const folder = mkdtempSync(join(tmpdir(), "optimize-k6-"));
    try {
      for (const [place, executor] of Object.values(executors).entries())
        writeFileSync(join(folder, `load${place}.js`), await script(executor, place % 2 === 0));
      const compilerOptions = {
        allowJs: true,
        checkJs: true,
        strict: true,
        noEmit: true,
        module: "esnext",
        moduleResolution: "bundler",
        target: "es2022",
        types: ["k6"],
        typeRoots: [join(modules, "@types")],
        paths: { "k6/*": [join(modules, "@types/k6/*")], k6: [join(modules, "@types/k6")] },
      };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.js"] }));
      const said = (() => {
        try {
          return execFileSync(process.execPath, [join(modules, "typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
        } catch (error) {
          return (error as { stdout: string }).stdout;
        }
      })();
      expect(said).toBe("");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("holds executors, thresholds and secrets as k6 has them", async () => {
    const text = await script(executors["a ramping rate"] as Executor, true);
    expect(text).toContain('executor: "ramping-arrival-rate", startRate: 0, timeUnit: "1m"');
    expect(text).toContain('stages: [{ duration: "10s", target: 1230 }, { duration: "5s", target: 60 }]');
    expect(text).toContain(
      '"http_req_duration{name:GET /items}": [{ threshold: "p(99.9)<1000", abortOnFail: true, delayAbortEval: "5s" }],',
    );
    expect(text).toContain('__ENV["TOKEN"]');
    expect(text).not.toContain("secret-token");
  });

  it("is refused with reasons", async () => {
    const { plan } = await planFor(
      {
        target: "http://127.0.0.1:9",
        steps: [
          { request: "GET /", sse: {} },
          { request: "GET /w", websocket: {} },
          { request: "GET /", expect: { matches: "(?<=a)b" } },
        ],
      },
      { kind: "arrivals", poisson: true, stages: [{ from: 1 / 7, to: 1 / 7, seconds: 1 }] },
    );
    expect(refusals(plan).map((reason) => reason.split(":").slice(0, 2).join(":").slice(0, 40))).toHaveLength(5);
  });
});

describe("manifests", () => {
  it("hold the script as it is", () => {
    const text = testRunManifest("a: 1\n\n  b", { name: "load", machines: 3, secrets: ["TOKEN"] });
    expect(text).toContain("  load.js: |\n    a: 1\n\n      b\n---\n");
    expect(text).toContain("apiVersion: k6.io/v1alpha1\nkind: TestRun");
    expect(text).toContain("  parallelism: 3\n");
    expect(text).toContain("    envFrom:\n      - secretRef:\n          name: load\n");
  });

  it("give each pod its part of one schedule", () => {
    const text = jobManifest("{}", ["optimize", "load", "/load/load.jsonc"], "image", { name: "load", machines: 4, secrets: [] });
    expect(text).toContain("completionMode: Indexed");
    expect(text).toContain('command: ["optimize","load","/load/load.jsonc","--segment","$(JOB_COMPLETION_INDEX)/4","--format","json"]');
    expect(text).not.toContain("envFrom");
  });
});
