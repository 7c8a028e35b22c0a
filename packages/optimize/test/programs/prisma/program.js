import { createServer } from "node:http";
import { PrismaPg } from "@prisma/adapter-pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";
import prismaClient from "./node_modules/generated/index.js";

const { pg: connectionString } = await backends("pg");
const prisma = new prismaClient.PrismaClient({ adapter: new PrismaPg({ connectionString, max: 3 }) });

const routes = {
  "/each": async (orders) => {
    const names = [];
    for (const order of orders) {
      // expect: n+1
      const customer = await prisma.customer.findFirst({ where: { id: order.customer_id } });
      names.push(customer.name);
    }
    return names;
  },
  "/others": (orders) =>
    Promise.all(
      orders.map(async (order) => {
        // expect: n+1
        return prisma.order.count({ where: { total: { gt: order.total } } });
      }),
    ),
  "/unique": async (orders) => {
    // clean: Prisma asks once for all that are looked up in one turn of the loop
    const customers = await Promise.all(orders.map((order) => prisma.customer.findUnique({ where: { id: order.customer_id } })));
    return customers.map(({ name }) => name);
  },
};

const server = createServer(
  answering(async (request, query) => {
    // clean: once a request
    const orders = await prisma.order.findMany({ orderBy: { id: "asc" }, take: Number(query.get("limit")) });
    return routes[request.url.split("?")[0]](orders);
  }),
);

const paths = Object.keys(routes).flatMap((path) => [`${path}?limit=8`, `${path}?limit=20`]);
await drive(server, paths);
await prisma.$disconnect();
