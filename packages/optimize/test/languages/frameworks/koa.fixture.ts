import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "a router with a prefix, middlewares before the handler, nested routers",
    files: {
      "src/app.ts": `import Koa from "koa";
import Router from "@koa/router";
const app = new Koa();
const router = new Router({ prefix: "/api" });
const books = new Router();
books.get("/:id", async (ctx) => { ctx.body = {}; });
router.post("orders.list", "/orders", async (ctx, next) => { await next(); }, async (ctx) => { ctx.body = []; });
router.del("/orders/:id", async (ctx) => { ctx.status = 204; });
router.use("/books", books.routes(), books.allowedMethods());
app.use(async (ctx, next) => { await next(); });
app.use(router.routes()).use(router.allowedMethods());`,
    },
    expect: ["DELETE /api/orders/:id", "GET /api/books/:id", "POST /api/orders"],
  },
  {
    title: "require, mount and compose",
    files: {
      "server.js": `const Koa = require("koa");
const mount = require("koa-mount");
const compose = require("koa-compose");
const Router = require("koa-router");
const r = new Router();
r.get("/status", compose([async (ctx, next) => next(), async (ctx) => { ctx.body = 1; }]));
new Koa().use(mount("/admin", r.routes()));`,
    },
    expect: ["GET /admin/status"],
  },
];

export default fixtures;
