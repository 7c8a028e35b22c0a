/** Scenarios out of what a project has: they parse, change nothing and hold no secret. */
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { fromOpenApi } from "../../src/load/import/open-api.ts";
import { fromAccessLog, fromHar } from "../../src/load/import/recorded.ts";
import { readAnySource, readSource } from "../../src/load/import/read-source.ts";
import { fromRoutes } from "../../src/load/import/routes.ts";
import { pathsOf, scenarioText, type Found } from "../../src/load/import/written.ts";
import { documentShape } from "../../src/load/scenario/document.ts";
import { temporaryFolder } from "../temporary.ts";

const requestsOf = (found: Found | undefined): string[] => {
  const document = documentShape.parse(parse(scenarioText("http://localhost:1", found as Found)));
  return [...(document.steps ?? []), ...Object.values(document.scenarios ?? {}).flatMap(({ steps }) => steps)].map(
    ({ request }) => request,
  );
};

describe("routes", () => {
  it("become GET requests, parameters become variables, patterns and writes are left out", () => {
    const found = fromRoutes([
      "GET /orders",
      "GET /orders/:id/items/{item}",
      "GET /u/<int:user>/",
      "POST /orders",
      "GET /files/*",
      "GET /",
    ]);
    expect(requestsOf(found)).toEqual(["GET /orders", "GET /orders/{{id}}/items/{{item}}", "GET /u/{{user}}", "GET /"]);
    expect([found.variables, found.open]).toEqual([{}, ["id", "item", "user"]]);
    expect(found.leftOut).toEqual(["POST /orders may change something", "GET /files/* is a pattern and no path"]);
  });
});

describe("parameters of routes", () => {
  it("take the values of a path that was asked for, one of the route's own", () => {
    const found = fromRoutes(
      ["GET /orders/new", "GET /orders/:id", "GET /users/:id", "GET /users/:id/orders/:order"],
      ["/orders/new", "/orders/7?x=1", "/orders/8", "/users/a%20b/", "/users/1/2/orders/3", "/health"],
    );
    expect(requestsOf(found)).toEqual(["GET /orders/new", "GET /orders/7", "GET /users/a%20b", "GET /users/{{id}}/orders/{{order}}"]);
    expect(found.requests.map(({ request: { name } }) => name)).toEqual([undefined, "GET /orders/:id", "GET /users/:id", undefined]);
    expect(found.open).toEqual(["id", "order"]);
  });

  it.each([
    ["a log", "access.log", '10.0.0.1 - - [26/Nov/2026:10:00:00 +0000] "GET /orders/42?page=2 HTTP/1.1" 200 12 "-" "-"'],
    ["a recording", "shop.har", '{"log":{"entries":[{"request":{"method":"GET","url":"http://shop.test/orders/42","headers":[]}}]}}'],
    [
      "a description",
      "api.yaml",
      "openapi: 3.0.3\npaths:\n  /orders/{id}:\n    get:\n      parameters: [{ name: id, in: path, schema: { type: integer, example: 42 } }]",
    ],
  ])("come from %s", async (_name, file, text) => {
    const folder = temporaryFolder({ [file]: text });
    const seen = pathsOf(await readAnySource(join(folder, file), file));
    expect(requestsOf(fromRoutes(["GET /orders/:id"], seen))).toEqual(["GET /orders/42"]);
  });
});

describe("a source that is none", () => {
  it.each([
    ["openapi", "a.yaml", "openapi: [3", "a.yaml is no YAML: "],
    ["openapi", "a.json", "{", "a.json is no JSON: "],
    ["openapi", "swagger.json", '{"swagger":"2.0"}', "swagger.json is no OpenAPI 3 description"],
    ["har", "a.har", "[]", "a.har is no recording of a browser (HAR)"],
    ["access-log", "a.log", "hello", "a.log is no access log in the common or combined format"],
  ] as const)("is refused with the reason: %s %s", async (kind, file, text, message) => {
    const folder = temporaryFolder({ [file]: text });
    await expect(readSource(kind, join(folder, file), file)).rejects.toThrow(message);
    await expect(readSource(kind, join(folder, "none"), "none")).rejects.toThrow("there is no file none");
    await expect(readSource(kind, folder, "folder")).rejects.toThrow("folder is a folder");
  });
});

describe("OpenAPI", () => {
  it.each<[string, object[] | undefined, string, string | undefined]>([
    ["none", undefined, "/orders", undefined],
    ["a path", [{ url: "/api/v1/" }], "/api/v1/orders", undefined],
    ["another machine", [{ url: "https://shop.test/api" }, { url: "http://localhost:1" }], "/api/orders", undefined],
    ["this machine", [{ url: "http://localhost:8000/api" }], "/api/orders", "http://localhost:8000"],
    [
      "variables",
      [
        {
          url: "http://{host}:{port}/{base}",
          variables: { host: { default: "localhost" }, port: { default: 80 }, base: { default: "v2" } },
        },
      ],
      "/v2/orders",
      "http://localhost",
    ],
    ["nonsense", [{ url: "http://[" }], "/orders", undefined],
  ])("has paths below its server: %s", (_name, servers, path, target) => {
    const found = fromOpenApi({ openapi: "3.0.0", servers, paths: { "/orders": { get: {} } } });
    expect([requestsOf(found), found?.target]).toEqual([[`GET ${path}`], target]);
  });

  it("tells apart what two paths call the same", () => {
    const parameter = (example: number): object => ({ parameters: [{ name: "id", in: "path", example }] });
    const found = fromOpenApi({ openapi: "3.0.0", paths: { "/orders/{id}": { get: parameter(7) }, "/users/{id}": { get: parameter(3) } } });
    expect(requestsOf(found)).toEqual(["GET /orders/{{id}}", "GET /users/3"]);
    expect([found?.variables, found?.requests[1]?.request.name]).toEqual([{ id: "7" }, "GET /users/{id}"]);
  });

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
