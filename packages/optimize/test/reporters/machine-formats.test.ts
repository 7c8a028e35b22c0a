/** Formats that other programs read: SARIF, GitHub's and GitLab's, JUnit. */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import type { Finding, Run } from "../../src/model/finding.ts";
import github from "../../src/reporters/github.ts";
import gitlab from "../../src/reporters/gitlab.ts";
import junit from "../../src/reporters/junit.ts";
import type { ReportContext } from "../../src/reporters/layout/reporter.ts";
import sarif from "../../src/reporters/sarif.ts";
import { sampleFinding, sampleRun, sampleSource } from "../run-sample.ts";

const context: ReportContext = {
  source: sampleSource,
  columns: 100,
  color: false,
  all: false,
  titles: { "db/n-plus-one": "a query for each element of a list" },
};

const require = createRequire(import.meta.url);
const schemaFile = join(dirname(require.resolve("@microsoft/jest-sarif/package.json")), "lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv({ schemaId: "auto", unknownFormats: "ignore" });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json") as object);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly { readonly id: string; readonly shortDescription: { readonly text: string } }[] };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
        }[];
        readonly codeFlows?: readonly {
          readonly threadFlows: readonly {
            readonly locations: readonly {
              readonly location: { readonly physicalLocation: { readonly region: { readonly startLine: number } } };
            }[];
          }[];
        }[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
      readonly invocations: readonly { readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }[];
    },
  ];
}

function logOf(run: Run): Log {
  const log = JSON.parse(sarif(run, context)) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

const hostile =
  'a\u001b[31m\u202e %0A::error::x\n<script>alert(1)</script> & "quotes" ]]> [click](https://evil.example) \ud800\u0000\uffff';
const hostileFile = "src/..%2f/a b?x#y:,\u001b[2J\n<b>.ts";

function hostileRun(): Run {
  const changes: Partial<Finding> = {
    message: hostile,
    advice: hostile,
    site: { file: hostileFile, line: 3, column: 2, symbol: hostile },
    related: [{ file: "../outside.ts", line: 1, role: "does it", note: hostile }],
    path: [{ file: "javascript:alert(1)", line: 1, role: "calls", note: hostile }],
    impact: { basis: "structural", formula: hostile, degree: 1 },
  };
  return sampleRun({ findings: [sampleFinding(changes)], failures: [{ file: hostileFile, code: "syntax", message: hostile }] });
}

describe("sarif", () => {
  it("is valid, with levels, fingerprints and the way as a code flow", () => {
    const [{ tool, results }] = logOf(sampleRun()).runs;
    const [result] = results;
    expect(tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("db/n-plus-one");
    expect(tool.driver.rules[0]?.shortDescription.text).toBe("a query for each element of a list");
    expect(result?.level).toBe("error");
    expect(result?.partialFingerprints["primaryLocationLineHash"]).toBe("7f3a9c0011223344");
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location.physicalLocation.region.startLine)).toEqual([
      41, 42, 18,
    ]);
  });

  it("is valid without a finding, and says what could not be read", () => {
    const [{ invocations }] = logOf(sampleRun({ findings: [] })).runs;
    expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe("syntax: Unexpected token");
  });

  it("holds no more than GitHub takes, the first of the Run, and says so", () => {
    const site = { file: "src/a.ts", line: 1 };
    const related = Array.from({ length: 500 }, (_, i) => ({ file: "src/a.ts", line: i + 1, role: "also in this loop" }));
    const path = Array.from({ length: 3000 }, (_, i) => ({ file: "src/a.ts", line: i + 1, role: "calls" }));
    const findings = Array.from({ length: 6000 }, (_, i) =>
      sampleFinding({ id: i.toString(16).padStart(16, "0"), site, ...(i === 0 ? { related, path } : {}) }),
    );
    const [{ results, invocations }] = logOf(sampleRun({ findings })).runs;
    expect(results).toHaveLength(5000);
    expect(results[0]?.partialFingerprints["primaryLocationLineHash"]).toBe("0000000000000000");
    expect(results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations.length).toBeLessThanOrEqual(100);
    expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain("1000 further findings");
  });

  it("keeps text of the project inert", () => {
    const out = sarif(hostileRun(), context);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const [{ results }] = logOf(hostileRun()).runs;
    expect(results[0]?.message.text).toContain(String.raw`\[click\](`);
    const uris = [...out.matchAll(/"uri": "([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(uris.length).toBeGreaterThan(2);
    for (const uri of uris) {
      expect(uri).toMatch(/^[\w%./!~*'()-]+$/);
      expect(new URL(uri, "file:///repository/").pathname.startsWith("/repository/")).toBe(true);
    }
  });
});

describe("github", () => {
  it("annotates the ten that matter and counts the others", () => {
    const findings = Array.from({ length: 13 }, (_, i) => sampleFinding({ site: { file: "src/a.ts", line: i + 1 } }));
    const lines = github(sampleRun({ findings }), context).trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^::error file=src\/a\.ts,line=1,title=db\/n-plus-one::One query per order\./);
    expect(lines[10]).toBe("3 further findings: optimize scan --all");
  });

  it("lets no text begin another command", () => {
    const lines = github(hostileRun(), context).trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.match(/::/g)?.length).toBeGreaterThanOrEqual(2);
    const [, properties] = /^::\w+ (.*?)::/.exec(lines[0] ?? "") ?? [];
    expect(properties?.split(",").map((one) => one.split("=")[0])).toEqual(["file", "line", "title"]);
    expect(lines[0]).toContain("%250A");
  });
});

describe("gitlab", () => {
  it("is a list of issues with fingerprints", () => {
    expect(JSON.parse(gitlab(sampleRun(), context))).toEqual([
      {
        description:
          "One query per order. `customers.byId` runs in the loop over `orders`, which has no bound. one query with IN and a Map",
        check_name: "db/n-plus-one",
        fingerprint: "7f3a9c0011223344",
        severity: "major",
        location: { path: "src/orders/service.ts", lines: { begin: 42 } },
      },
    ]);
    expect(JSON.parse(gitlab(sampleRun({ findings: [] }), context))).toEqual([]);
  });
});

describe("junit", () => {
  it("is a suite for each rule, a failed case for each finding, an error for each file that could not be read", () => {
    const out = junit(sampleRun(), context);
    expect(out).toContain('<testsuites name="optimize" tests="2" failures="1" errors="1">');
    expect(out).toContain('<testcase classname="db/n-plus-one" name="src/orders/service.ts:42 7f3a9c0011223344"');
    expect(out).toContain('<error type="syntax" message="Unexpected token"/>');
  });

  it("has a case that passes when nothing was found", () => {
    expect(junit(sampleRun({ findings: [], failures: [] }), context)).toContain('<testcase classname="optimize" name="no finding"/>');
  });

  it("keeps text of the project inert", () => {
    const out = junit(hostileRun(), context);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|<script|<b>|]]>/);
    expect(
      [...out.matchAll(/<(\/?)([a-z?]+)/g)].every((match) =>
        ["testsuites", "testsuite", "testcase", "failure", "error", "?xml"].includes(match[2] ?? ""),
      ),
    ).toBe(true);
  });
});
