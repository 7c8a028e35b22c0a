import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "AdonisJS: methods of controllers, groups with a prefix, resources",
    files: {
      "package.json": `{ "dependencies": { "@adonisjs/core": "6" } }`,
      "app/controllers/orders_controller.ts": `
export default class OrdersController {
  async index() { return []; }
  async show() { return {}; }
}`,
      "start/routes.ts": `
import router from "@adonisjs/core/services/router";
const OrdersController = () => import("../app/controllers/orders_controller.js");
router.group(() => {
  router.get("/", [OrdersController, "index"]).as("orders.index");
  router.group(() => {
    router.get(":id", [OrdersController, "show"]);
  }).prefix("one");
}).prefix("orders").use(() => {});
router.resource("things", OrdersController).apiOnly();
router.post("/plain", async () => "ok");
`,
    },
    expect: ["GET /orders", "GET /orders/one/:id", "GET /things", "GET /things/:id", "POST /plain"],
  },
  {
    title: "AdonisJS 5: controllers are named by texts",
    files: {
      "package.json": `{ "dependencies": { "@adonisjs/core": "5" } }`,
      "app/Controllers/Http/UsersController.ts": `
export default class UsersController {
  public async index() { return []; }
}`,
      "start/routes.ts": `
import Route from "@ioc:Adonis/Core/Route";
Route.group(() => {
  Route.get("/", "UsersController.index").middleware("auth");
}).prefix("/users");
`,
    },
    expect: ["GET /users"],
  },
  {
    title: "Falcon: resources that are instances or modules, with a suffix",
    files: {
      "app.py": `
import falcon
import teams

class Orders:
    def on_get(self, req, resp):
        pass
    def on_post(self, req, resp):
        pass
    def on_get_one(self, req, resp, key):
        pass

app = falcon.App()
orders = Orders()
app.add_route("/orders", orders)
app.add_route("/orders/{key}", orders, suffix="one")
app.add_route("/teams", teams)
`,
      "teams.py": `
def on_get(req, resp):
    pass
`,
    },
    expect: ["GET /orders", "POST /orders", "GET /orders/{key}", "GET /teams"],
  },
  {
    title: "Tornado: handlers below a base of the project",
    files: {
      "app.py": `
from tornado import web
from tornado.websocket import WebSocketHandler

class Base(web.RequestHandler):
    def answer(self):
        pass

class Orders(Base):
    async def get(self):
        pass
    def post(self):
        pass

class News(WebSocketHandler):
    def on_message(self, message):
        pass
`,
    },
    expect: ["GET Orders", "POST Orders", "socket News.on_message"],
  },
  {
    title: "Bottle: decorators of the module and of an application",
    files: {
      "app.py": `
from bottle import Bottle, get, route
app = Bottle()
@route("/orders", method="POST")
def one():
    pass
@get("/things")
def two():
    pass
@app.get("/users")
def three():
    pass
`,
    },
    expect: ["POST /orders", "GET /things", "GET /users"],
  },
  {
    title: "hapi: lists of routes, and plugins that add them",
    files: {
      "package.json": `{ "dependencies": { "@hapi/hapi": "21" } }`,
      "a.ts": `
import Hapi from "@hapi/hapi";
import plugin from "./b";
const server = Hapi.server({ port: 1 });
server.route([
  { method: "GET", path: "/orders", handler: () => "a" },
  { method: ["POST", "PUT"], path: "/orders", options: { handler: async () => "b" } },
]);
server.route({ method: "GET", path: "/one", handler: () => "c" });
server.register({ plugin, options: {} });
server.register([plugin], { routes: { prefix: "/v1" } });
`,
      "b.ts": `
export default {
  name: "things",
  register: async (server, options) => {
    server.route({ method: "GET", path: "/things", handler: () => "d" });
  },
};
`,
    },
    expect: ["GET /orders", "POST /orders", "PUT /orders", "GET /one", "GET /things", "GET /v1/things"],
  },
  {
    title: "Elysia: chains, plugins and groups",
    files: {
      "package.json": `{ "dependencies": { "elysia": "1" } }`,
      "a.ts": `
import { Elysia } from "elysia";
const orders = new Elysia({ prefix: "/orders" }).get("/", () => []).post("/", () => ({}));
new Elysia().use(orders).group("/v1", (app) => app.get("/things", () => [])).listen(3000);
`,
    },
    expect: ["GET /orders", "POST /orders", "GET /v1/things"],
  },
  {
    title: "LoopBack: decorated methods of controllers",
    files: {
      "package.json": `{ "dependencies": { "@loopback/rest": "14" } }`,
      "a.ts": `
import { get, post } from "@loopback/rest";
export class OrderController {
  @get("/orders")
  async find() { return []; }
  @post("/orders")
  async create() { return {}; }
}`,
    },
    expect: ["GET /orders", "POST /orders"],
  },
  {
    title: "Feathers: services at a path",
    files: {
      "package.json": `{ "dependencies": { "@feathersjs/feathers": "5" } }`,
      "a.ts": `
import { feathers } from "@feathersjs/feathers";
class Orders {
  async find(params: object) { return []; }
  async get(id: string) { return {}; }
}
const services = (app) => { app.use("/orders", new Orders()); };
feathers().configure(services);
`,
    },
    expect: ["GET /orders", "GET /orders/:id"],
  },
  {
    title: "GraphQL: maps of resolvers that a folder holds",
    files: {
      "package.json": `{ "dependencies": { "graphql": "16" } }`,
      "server.js": `
const { makeExecutableSchema } = require("@graphql-tools/schema");
const load = require("load-folder");
module.exports = makeExecutableSchema({ typeDefs: "", resolvers: load("./resolvers") });
`,
      "resolvers/order.js": `
module.exports = {
  Query: { order: async () => null },
  Order: { lines: async () => [] },
};`,
      "resolvers/options.js": `module.exports = { Query: { fields: { order: { merge: true } } } };`,
    },
    expect: ["resolver Query.order", "resolver Order.lines"],
  },
  {
    title: "Sails: actions and controllers by their files",
    files: {
      "package.json": `{ "dependencies": { "sails": "1" } }`,
      "api/controllers/orders/find.js": "module.exports = { inputs: {}, fn: async function (inputs, exits) { return []; } };",
      "api/controllers/orders/remove.js": "module.exports = async (req, res) => res.ok();",
      "api/controllers/RoomsController.js": "module.exports = { async find(req, res) {}, async findOne(req, res) {} };",
    },
    expect: ["ALL /orders/find", "ALL /orders/remove", "ALL /Rooms/find", "ALL /Rooms/findOne"],
  },
];

export default fixtures;
