import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "verbs, a chain, and a router mounted from another file",
    files: {
      "src/app.ts": `import express from "express";
import { orders } from "./orders";
const app = express();
app.use(express.json());
app.get("/health", (req, res) => { res.json({ ok: true }); });
app.use("/orders", authenticate, orders);
app.route("/books/:id").get(showBook).delete((req, res) => { res.end(); });
app.use((error, req, res, next) => { res.status(500).end(); });
function authenticate(req, res, next) { next(); }
function showBook(req, res) { res.json({}); }
app.listen(3000);`,
      "src/orders.ts": `import { Router } from "express";
export const orders = Router();
orders.get("/", async (req, res) => { res.json([]); });
orders.post("/:id/pay", async (req, res) => { res.json({}); });`,
    },
    expect: ["DELETE /books/:id", "GET /books/:id", "GET /health", "GET /orders", "POST /orders/:id/pay"],
  },
  {
    title: "require, nested mounts, a controller's bound methods, a wrapper, several paths",
    files: {
      "server.js": `const express = require("express");
const asyncHandler = require("express-async-handler");
const api = express.Router();
const v1 = new express.Router();
class Users { list = async (req, res) => { res.json([]); }; async show(req, res) { res.json({}); } }
const users = new Users();
v1.get(["/users", "/people"], asyncHandler(users.list));
v1.get("/users/:id", users.show.bind(users));
api.use("/v1", v1);
express().use("/api", api);`,
    },
    expect: ["GET /api/v1/people", "GET /api/v1/users", "GET /api/v1/users/:id"],
  },
  {
    title: "controllers below a base class whose constructor makes the router of each",
    files: {
      "src/controller.ts": `import { Router } from "express";
import type { IRouter } from "express";
type Options = { method: "get" | "post" | "delete"; path: string; handler: (req: any, res: any) => Promise<void> };
export class Controller {
  app: IRouter;
  constructor() { this.app = Router(); }
  route(options: Options): void { this.app[options.method](options.path, this.caught(options.handler.bind(this))); }
  private caught(handler: Options["handler"]) { return async (req: any, res: any) => { try { await handler(req, res); } catch { res.end(); } }; }
  use(path: string, router: IRouter): void { this.app.use(path, router); }
  get router(): IRouter { return this.app; }
}`,
      "src/tags.ts": `import { Controller } from "./controller";
export class TagController extends Controller {
  constructor() {
    super();
    this.route({ method: "get", path: "", handler: this.list });
    this.route({ method: "post", path: "", handler: this.create });
    this.route({ method: "delete", path: "/:id", handler: this.remove });
  }
  async list(req: any, res: any) { res.json([]); }
  async create(req: any, res: any) { res.json({}); }
  async remove(req: any, res: any) { res.end(); }
}`,
      "src/books.ts": `import { Controller } from "./controller";
export class BookController extends Controller {
  constructor() {
    super();
    this.route({ method: "get", path: "/books", handler: this.list });
    this.route({ method: "get", path: "/books/:id", handler: this.show });
  }
  async list(req: any, res: any) { res.json([]); }
  async show(req: any, res: any) { res.json({}); }
}`,
      "src/loans.ts": `import { Controller } from "./controller";
export class LoanController extends Controller {
  constructor() { super(); this.route({ method: "get", path: "/loans", handler: this.list }); }
  async list(req: any, res: any) { res.json([]); }
}`,
      "src/index.ts": `import express from "express";
import { BookController } from "./books";
import { Controller } from "./controller";
import { LoanController } from "./loans";
import { TagController } from "./tags";
class Admin extends Controller {
  constructor() {
    super();
    this.use("/tags", new TagController().router);
    this.use("", new BookController().router);
    this.use("", new LoanController().router);
  }
}
const app = express();
app.use("/admin", new Admin().router);`,
    },
    expect: [
      "DELETE /admin/tags/:id",
      "GET /admin/books",
      "GET /admin/books/:id",
      "GET /admin/loans",
      "GET /admin/tags",
      "POST /admin/tags",
    ],
  },
  {
    title: "a function that takes the application and adds routes",
    files: {
      "src/routes.ts": `import type { Express, Request, Response } from "express";
export function register(app: Express): void { app.all("/ping", (req: Request, res: Response) => { res.send("pong"); }); }`,
      "src/main.ts": `import express from "express";
import { register } from "./routes.js";
const app = express();
register(app);`,
    },
    expect: ["ALL /ping"],
  },
  {
    title: "the same names without the library: settings, maps and a home-made router",
    files: {
      "src/a.ts": `import express from "express";
const app = express();
app.set("view engine", "pug");
export const engine = app.get("view engine");
const registry = new Map<string, () => void>();
registry.get("/orders");
const own = { get(path: string, handler: () => void) { handler(); } };
own.get("/orders", () => {});`,
    },
    expect: [],
  },
];

export default fixtures;
