import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newEvidence, readEvidence, saveEvidence } from "../../src/engine/evidence-store.ts";
import { promote } from "../../src/engine/promote.ts";
import type { Environment, EvidenceSet, RepetitionEvidence, RequestEvidence } from "../../src/model/evidence.ts";
import type { LoadEvidence } from "../../src/model/load-evidence.ts";
import { shortHash } from "../../src/model/hash.ts";
import { spreadOf } from "../../src/model/spread.ts";
import { sampleFinding } from "../run-sample.ts";
import { temporaryFolder } from "../temporary.ts";

const source = "export const a = 1;\n";
const repetition: RepetitionEvidence = {
  kind: "n+1",
  tier: "proven",
  library: "pg",
  shape: "select",
  fingerprint: "f",
  place: { file: "src/orders/service.ts", line: 42 },
  callers: [{ file: "src/orders/routes.ts", line: 9 }],
  routes: ["GET /orders"],
  scopes: 3,
  perScope: spreadOf([5, 50, 50]),
  growth: [[50, 50]],
  reason: "",
  share: 0.5,
};

function setOf(id: string, changes: Partial<Environment> = {}, evidence: EvidenceSet["evidence"] = [repetition]): EvidenceSet {
  const environment: Environment = {
    circumstance: "test",
    runners: [],
    command: ["npm", "test"],
    startedAt: "2026-01-02T03:04:05.000Z",
    seconds: 1,
    exitCode: 0,
    platform: "linux",
    nodes: [],
    cpus: 1,
    threads: 1,
    ...changes,
  };
  return {
    evidenceVersion: "1.0",
    id,
    environment,
    evidence,
    failures: [],
    libraries: [],
    files: { "src/orders/service.ts": shortHash(source, 16) },
  };
}

const rules = [{ id: "db/n-plus-one", confirmedBy: ["n+1"] as const }];
const promoted = (changes: Partial<Environment>, tier: "candidate" | "likely" = "likely"): ReturnType<typeof promote> =>
  promote([sampleFinding({ tier, reason: "why not" })], [setOf("a", changes)], rules, () => undefined);

describe("evidence of load", () => {
  const request = (route: string): RequestEvidence => ({
    kind: "request",
    route,
    count: 3,
    failed: 0,
    time: spreadOf([30, 40, 41]),
    statements: spreadOf([51]),
    calls: spreadOf([0]),
    waiting: 0.5,
  });
  const load: LoadEvidence = {
    kind: "load",
    endpoint: "GET /orders",
    routes: ["GET /orders"],
    model: "50 requests/s",
    verdict: "passed",
    requests: 500,
    failed: 0,
    rate: 50,
    latency: { p95: 60 },
    wire: 900,
  };
  const evidence = [repetition, request("GET /orders"), load];
  const of = (changes: Partial<Environment>, list: EvidenceSet["evidence"] = evidence): ReturnType<typeof promote> =>
    promote([sampleFinding({ tier: "likely" })], [setOf("b", changes, list), setOf("a", changes, list)], rules, () => undefined);

  it("says in milliseconds what a finding takes of a request; tests and runs of unknown load do not", () => {
    expect(of({ circumstance: "load" }).findings[0]?.impact).toMatchObject({ value: 50, takes: { milliseconds: 20, of: 40 } });
    for (const circumstance of ["test", "run"] as const) expect(of({ circumstance }).findings[0]?.impact).not.toHaveProperty("takes");
    const several = [{ ...repetition, routes: ["GET /orders", "GET /all"] }, request("GET /orders")];
    expect(of({ circumstance: "load" }, several).findings[0]?.impact).not.toHaveProperty("takes");
  });

  it("is in the Run, the newest of it", () => {
    expect(of({ circumstance: "load" }).used).toMatchObject([{ set: "b", load: [load] }]);
    expect(of({ circumstance: "load" }, [load]).used).toMatchObject([{ set: "b", proves: [], load: [load] }]);
  });

  it("is read back", async () => {
    const root = temporaryFolder({ "src/orders/service.ts": source });
    newEvidence(root, "a");
    saveEvidence(root, setOf("a", { circumstance: "load" }, evidence), false);
    expect((await readEvidence(root)).sets[0]?.evidence.map(({ kind }) => kind)).toEqual(["n+1", "request", "load"]);
  });
});

describe("kept evidence", () => {
  it("proves findings with its numbers, candidates too", () => {
    for (const tier of ["likely", "candidate"] as const) {
      const { findings, used } = promoted({}, tier);
      expect(findings[0]).toMatchObject({
        tier: "proven",
        severity: "high",
        impact: { basis: "measured", value: 50, by: "optimize measure -- npm test", samples: 3 },
      });
      expect(findings[0]).not.toHaveProperty("reason");
      expect(used).toEqual([
        { set: "a", circumstance: "test", command: ["npm", "test"], startedAt: "2026-01-02T03:04:05.000Z", proves: [sampleFinding().id] },
      ]);
    }
  });

  it("makes a finding grave by its part of the time only under load", () => {
    expect(promoted({ circumstance: "load" }).findings[0]?.severity).toBe("critical");
    expect(promoted({ circumstance: "run" }).findings[0]?.severity).toBe("high");
  });

  it("leaves findings alone that it does not meet", () => {
    const other = sampleFinding({ rule: "db/other" });
    expect(promote([other], [setOf("a")], rules, () => undefined)).toEqual({ findings: [other], used: [] });
  });

  const folderWith = (...sets: EvidenceSet[]): string => {
    const root = temporaryFolder({ "src/orders/service.ts": source });
    for (const set of sets) {
      newEvidence(root, set.id);
      saveEvidence(root, set, false);
    }
    return root;
  };

  it("is read back, the newest first", async () => {
    const { sets, changed } = await readEvidence(folderWith(setOf("1"), setOf("2")));
    expect(sets.map(({ id, evidence }) => [id, evidence.length])).toEqual([
      ["2", 1],
      ["1", 1],
    ]);
    expect(changed).toEqual([]);
    expect(await readEvidence(temporaryFolder())).toEqual({ sets: [], changed: [], takenAt: undefined });
  });

  it("does not count for files that have changed, and says which", async () => {
    const root = folderWith(setOf("1"));
    writeFileSync(join(root, "src/orders/service.ts"), "changed");
    expect(await readEvidence(root)).toMatchObject({
      sets: [{ evidence: [] }],
      changed: ["src/orders/service.ts"],
      takenAt: "2026-01-02T03:04:05.000Z",
    });
  });

  it("is nothing when somebody else wrote it", async () => {
    const root = folderWith(setOf("1", {}, [repetition, { ...repetition, callers: "x" } as never, { kind: "n+1" } as never, 7 as never]));
    for (const [id, text] of Object.entries({ a: "{", b: "[]", c: '{"evidenceVersion":"2.0"}' })) {
      newEvidence(root, id);
      writeFileSync(join(root, ".optimize/evidence", id, "evidence.json"), text);
    }
    expect((await readEvidence(root)).sets.map(({ id, evidence }) => [id, evidence.length])).toEqual([["1", 1]]);
  });
});
