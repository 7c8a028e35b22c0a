import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "a contract of ts-rest names the routes, with the prefixes of everything around them",
    files: {
      "src/contract.ts": `import { initContract } from "@ts-rest/core";
const c = initContract();
export const orders = c.router(
  { list: { method: "GET", path: "/" }, cancel: { method: "POST", path: "/:id/cancel" } },
  { pathPrefix: "/orders" },
);
export const contract = c.router({ orders, health: { method: "GET", path: "/health" } }, { pathPrefix: "/v1" });`,
      "src/orders.ts": `import { initServer } from "@ts-rest/express";
import { orders } from "./contract";
const s = initServer();
const cancel = async () => ({ status: 200, body: {} });
export default s.router(orders, {
  list: { middleware: [(req, res, next) => next()], handler: async () => ({ status: 200, body: [] }) },
  cancel,
});`,
      "src/app.ts": `import express from "express";
import { createExpressEndpoints, initServer } from "@ts-rest/express";
import { contract } from "./contract";
import orders from "./orders";
const s = initServer();
const app = express();
const router = s.router(contract, { orders, health: async () => ({ status: 200, body: "ok" }) });
createExpressEndpoints(contract, router, app, { globalMiddleware: [(req, res, next) => next()] });`,
    },
    expect: ["GET /v1/health", "GET /v1/orders", "POST /v1/orders/:id/cancel"],
  },
  {
    title: "a contract that is not seen leaves the keys",
    files: {
      "src/app.ts": `import { createNextRoute } from "@ts-rest/next";
import { contract } from "@acme/contracts";
export const posts = createNextRoute(contract.posts, { read: async () => ({ status: 200, body: {} }) });`,
    },
    expect: ["procedure read"],
  },
  {
    title: "methods of XRPC are named by a text or by their lexicon",
    files: {
      "src/app.ts": `import { createServer, type Server } from "@atproto/xrpc-server";
import { com } from "./lexicons";
import { feed } from "./feed";
export const server = createServer();
server.method("com.example.ping", { handler: async () => ({ encoding: "text/plain", body: "pong" }) });
server.add(com.example.getOrder, async () => ({ encoding: "application/json", body: {} }));
feed(server);`,
      "src/feed.ts": `import type { Server } from "@atproto/xrpc-server";
export function feed(server: Server) {
  server.method("com.example.feed", async () => ({ encoding: "application/json", body: {} }));
}`,
      "src/lexicons.ts": `export const com = { example: { getOrder: { main: {} } } };`,
    },
    expect: ["procedure com.example.feed", "procedure com.example.getOrder", "procedure com.example.ping"],
  },
  {
    title: "the functions of a service of Connect, put together from modules and typed by their contract",
    files: {
      "src/app.ts": `import express from "express";
import { expressConnectMiddleware } from "@connectrpc/connect-express";
import createRoutes from "./routes";
express().use(expressConnectMiddleware({ routes: createRoutes({}) }));`,
      "src/routes.ts": `import type { ConnectRouter } from "@connectrpc/connect";
import { Service } from "./gen/service_connect";
import likes from "./likes";
export default (db: unknown) => (router: ConnectRouter) =>
  router.service(Service, { ...likes(db), async ping() { return {}; } });`,
      "src/likes.ts": `import type { ServiceImpl } from "@connectrpc/connect";
import type { Service } from "./gen/service_connect";
export default (db: unknown): Partial<ServiceImpl<typeof Service>> => ({ async getLikes(req) { return { db }; } });`,
      "src/gen/service_connect.ts": `export const Service = { typeName: "app.Service", methods: {} };`,
    },
    expect: ["procedure getLikes", "procedure ping"],
  },
];

export default fixtures;
