import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "verbs, options before the handler, a route object, a plugin with a prefix",
    files: {
      "src/app.ts": `import Fastify from "fastify";
import { orders } from "./orders";
const app = Fastify({ logger: true });
app.addHook("preHandler", async (request, reply) => {});
app.addHook("onClose", async () => {});
app.get("/health", async () => ({ ok: true }));
app.post("/books", { schema: {} }, async (request, reply) => ({}));
app.route({ method: "PUT", url: "/books/:id", handler: async () => ({}) });
app.register(orders, { prefix: "/orders" });
await app.listen({ port: 0 });`,
      "src/orders.ts": `import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
export const orders = fp(async (app: FastifyInstance) => {
  app.get("/", async () => []);
  app.delete("/:id", { handler: async () => ({}) });
});`,
    },
    expect: ["DELETE /orders/:id", "GET /health", "GET /orders", "POST /books", "PUT /books/:id"],
  },
  {
    title: "several methods in a route object, require and promises of plugins",
    files: {
      "server.js": `const fastify = require("fastify")();
fastify.route({ method: ["GET", "HEAD"], url: "/files", handler(request, reply) { reply.send(""); } });
fastify.register(import("./plugin.js"));`,
      "plugin.js": `module.exports = async function (app, options) { app.patch("/late", async () => ({})); };`,
    },
    expect: ["GET /files", "HEAD /files", "PATCH /late"],
  },
];

export default fixtures;
