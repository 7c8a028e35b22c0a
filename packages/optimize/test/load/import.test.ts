/** Scenarios out of what a project has: they parse, change nothing and hold no secret. */
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { fromOpenApi } from "../../src/load/import/open-api.ts";
import { fromAccessLog, fromHar } from "../../src/load/import/recorded.ts";
import { fromRoutes } from "../../src/load/import/routes.ts";
import { scenarioText, type Found } from "../../src/load/import/written.ts";
import { documentShape } from "../../src/load/scenario/document.ts";

const requestsOf = (found: Found | undefined): string[] => {
  const document = documentShape.parse(parse(scenarioText("http://localhost:1", found as Found)));
  return [...(document.steps ?? []), ...Object.values(document.scenarios ?? {}).flatMap(({ steps }) => steps)].map(
    ({ request }) => request,
  );
};

describe("routes", () => {
  it("become GET requests, parameters become variables, patterns and writes are left out", () => {
    const found = fromRoutes(
      ["GET /orders", "GET /orders/:id/items/{item}", "GET /u/<int:user>/", "POST /orders", "GET /files/*", "GET /"],
      { id: "7" },
    );
    expect(requestsOf(found)).toEqual(["GET /orders", "GET /orders/{{id}}/items/{{item}}", "GET /u/{{user}}", "GET /"]);
    expect([found.variables, found.open]).toEqual([{ id: "7" }, ["item", "user"]]);
    expect(found.leftOut).toEqual(["POST /orders may change something", "GET /files/* is a pattern and no path"]);
  });
});

describe("OpenAPI", () => {
  it("gives its examples, through references", () => {
    const found = fromOpenApi({
      openapi: "3.1.0",
      components: { parameters: { Id: { name: "id", in: "path", schema: { type: "integer", examples: [42] } } } },
      paths: {
        "/orders/{id}": {
          parameters: [{ $ref: "#/components/parameters/Id" }],
          get: {
            parameters: [
              { name: "q", in: "query", required: true, example: "a b" },
              { name: "page", in: "query" },
            ],
          },
          delete: {},
        },
      },
    });
    expect(requestsOf(found)).toEqual(["GET /orders/{{id}}?q=a%20b"]);
    expect([found?.variables, found?.open, found?.leftOut]).toEqual([{ id: "42" }, [], ["DELETE /orders/{id} may change something"]]);
    expect(fromOpenApi({ swagger: "2.0" })).toBeUndefined();
    expect(
      fromOpenApi({ openapi: "3.0.0", paths: { "/a": { get: { parameters: [{ $ref: "#/a" }] } } }, a: { $ref: "#/a" } })?.requests.length,
    ).toBe(1);
  });
});

describe("a recording", () => {
  it("is one scenario without credentials, files and other hosts", () => {
    const entry = (method: string, url: string, headers: object[] = []) => ({ request: { method, url, headers } });
    const found = fromHar({
      log: {
        entries: [
          entry("GET", "http://shop.test/a?x=1&token=SECRET", [
            { name: "Cookie", value: "SECRET" },
            { name: "Authorization", value: "SECRET" },
            { name: "X-Api-Key", value: "SECRET" },
            { name: "Accept", value: "application/json" },
          ]),
          entry("GET", "http://shop.test/app.js"),
          entry("GET", "http://other.test/"),
          entry("POST", "http://shop.test/b"),
        ],
      },
    });
    expect(requestsOf(found)).toEqual(["GET /a?x=1&token=removed"]);
    expect(JSON.stringify(found)).not.toContain("SECRET");
    expect([found?.target, found?.leftOut.length]).toEqual(["http://shop.test", 3]);
    expect(fromHar({})).toBeUndefined();
  });
});

describe("an access log", () => {
  it("gives requests as often as they were made", () => {
    const line = (request: string, status = 200): string =>
      `10.0.0.1 - ann [26/Nov/2026:10:00:00 +0000] "${request} HTTP/1.1" ${status} 12 "-" "agent"`;
    const found = fromAccessLog(
      [line("GET /a"), line("GET /b?api_key=SECRET"), line("GET /a"), line("GET /c", 404), line("POST /d"), "nonsense"].join("\n"),
    );
    expect(requestsOf(found)).toEqual(["GET /a", "GET /b?api_key=removed"]);
    expect(found?.requests.map(({ weight }) => weight)).toEqual([2, 1]);
    expect(fromAccessLog("nothing of the kind")).toBeUndefined();
  });
});
