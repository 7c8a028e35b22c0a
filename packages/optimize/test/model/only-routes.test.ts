import { expect, test } from "vitest";
import type { Evidence, EvidenceSet } from "../../src/model/evidence.ts";
import { onlyRoutes } from "../../src/model/only-routes.ts";

const evidence = [
  { kind: "request", route: "GET /orders/:id" },
  { kind: "request", route: "POST /login" },
  { kind: "statement", routes: ["GET /orders/:id"] },
  { kind: "statement", routes: [] },
  { kind: "resource" },
] as unknown as Evidence[];
const set = { evidence, failures: [] } as unknown as EvidenceSet;

test.each([
  ["/orders*", ["GET /orders/:id"]],
  ["/orders", []],
  ["GET /orders/:id, post /login", ["GET /orders/:id", "POST /login"]],
  ["GET /login", []],
  ["*", ["GET /orders/:id", "POST /login"]],
  ["/ord(ers", []],
])("%s", (patterns, routes) => {
  const only = onlyRoutes(set, patterns);
  expect(only.evidence.flatMap((one) => (one.kind === "request" ? [one.route] : []))).toEqual(routes);
  expect(only.evidence.filter(({ kind }) => kind === "statement")).toHaveLength(routes.includes("GET /orders/:id") ? 1 : 0);
  expect(only.evidence.some(({ kind }) => kind === "resource")).toBe(true);
  expect(only.failures).toEqual(
    routes.length > 0 ? [] : [`no request fits --routes ${patterns}: requested were GET /orders/:id, POST /login`],
  );
});
