import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

const node = process.execPath;
const customers = ["alice", "bob-smith", "Zoë", "alice@example.com", "mallory%20x", "reset-of-bob", "acme", "41f0"];

describe("a customer's word in an address", () => {
  const asked = {
    paths: [
      ...customers.map((one) => `/users/${encodeURIComponent(one)}/settings`),
      "/users/alice@example.com/reset-of-bob",
      "/nowhere/bob-smith",
      "/users/alice?carol=dave#eve",
      "/users//x",
    ],
    tenant: "acme-corporation",
  };
  const seen = (): ReturnType<typeof observed> => observed([node, "customers.cjs"], { env: { ASKED: JSON.stringify(asked) } });

  it("is in no record, no route, no call and no conclusion; words of the program's own are", async () => {
    const { set, written } = await seen();
    const kept = `${JSON.stringify(set)}\n${written()}`.toLowerCase();
    for (const word of [...customers, "carol", "dave", "acme-corporation", "nowhere"]) expect(kept).not.toContain(word.toLowerCase());
    const routes = set.evidence.flatMap((one) => (one.kind === "request" ? [one.route] : [])).sort();
    expect(routes).toEqual([
      "GET /:id/:id",
      "GET /accounts/:id",
      "GET /accounts/:id/invoices",
      "GET /users//:id",
      "GET /users/:id",
      "GET /users/:id/:id",
      "GET /users/:id/settings",
    ]);
    const calls = set.evidence.flatMap((one) => (one.kind === "statement" ? [one.shape.replace(/:\d+/, "")] : [])).sort();
    expect(calls).toEqual([
      "GET http://:id/accounts/all",
      "GET http://localhost/accounts/:id/invoices??",
      "GET http://localhost/accounts/:id??",
    ]);
  });

  it("does not keep calls of one line apart: a loop over names is a loop", async () => {
    const cwd = temporaryFolder({
      "main.cjs": `const http = require("http"); const names = JSON.parse(process.env.NAMES);
const partner = http.createServer((_, response) => response.end("ok")).listen(0, "127.0.0.1", () => {
  const server = http.createServer(async (_, response) => {
    await Promise.all(names.map((name) => fetch("http://127.0.0.1:" + partner.address().port + "/ratings/" + name).then((one) => one.text())));
    response.end();
  }).listen(0, "127.0.0.1", () => http.get({ port: server.address().port, path: "/", agent: false }, () => process.exit(0)));
});`,
    });
    const { of } = await observed([node, "main.cjs"], { cwd, env: { NAMES: JSON.stringify(["ann", "ben", "cid", "dan", "eva", "fay"]) } });
    expect(of("n+1").map(({ shape, perScope }) => [shape.replace(/:\d+/, ""), perScope.max])).toEqual([
      ["GET http://127.0.0.1/ratings/:id", 6],
    ]);
  });
});

describe("what is no address", () => {
  const require = createRequire(import.meta.url);

  it("is hidden where customers name it: hosts, but for those that are configured", () => {
    const { hiddenHost } = require("../../agents/node/words.cjs") as { hiddenHost: (host: string) => string };
    process.env["PARTNER_URL"] = "https://api.partner.example:8443/v1";
    try {
      expect(hiddenHost("api.partner.example:8443")).toBe("api.partner.example:8443");
      expect(hiddenHost("127.0.0.1:80")).toBe("127.0.0.1:80");
      expect(hiddenHost("acme.hooks.example:9000")).toMatch(/^\{#h[\w-]{16}\}:9000$/);
      expect(hiddenHost("partner.example")).toMatch(/^\{#h/);
    } finally {
      delete process.env["PARTNER_URL"];
    }
  });
});
