import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "a chain, a mounted app, a base path, on() and a handler without a path",
    files: {
      "src/app.ts": `import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import books from "./books";
const log = createMiddleware(async (c, next) => { await next(); });
const app = new Hono().get("/health", (c) => c.text("ok")).post("/echo", log, async (c) => c.json(await c.req.json()));
app.use("*", log);
app.route("/books", books);
app.on("PURGE", "/cache", (c) => c.text(""));
const v1 = app.basePath("/v1");
v1.get("/users/:id", (c) => c.json({}));
export default app;`,
      "src/books.ts": `import { Hono } from "hono";
const app = new Hono();
app.get((c) => c.json([])).delete("/:id", (c) => c.body(null));
export default app;`,
    },
    expect: ["DELETE /books/:id", "GET /books", "GET /health", "GET /v1/users/:id", "POST /echo", "PURGE /cache"],
  },
  {
    title: "a described route",
    files: {
      "src/app.ts": `import { OpenAPIHono, createRoute } from "@hono/zod-openapi";
const list = createRoute({ method: "get", path: "/orders", responses: {} });
export const app = new OpenAPIHono();
app.openapi(list, async (c) => c.json([]));`,
    },
    expect: ["GET /orders"],
  },
];

export default fixtures;
