import Fastify from "fastify";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { PartnerClient } from "./partner-client.js";

const { partner } = await backends("partner");
const client = new PartnerClient(partner);

class AccountController {
  async show(id) {
    // expect: sequential-calls, 3 lines
    const profile = await client.profile(id);
    const { rating } = await client.ratingOf(id);
    const orders = await client.latestOrders();
    return { name: profile.name, rating, orders: orders.map((order) => order.id) };
  }
}

const accounts = new AccountController();
let handle;
const app = Fastify({ serverFactory: (given) => createServer((handle = given)) });
app.get("/accounts/:id", (request) => accounts.show(request.params.id));
await app.ready();
await drive(createServer(handle), ["/accounts/3", "/accounts/17", "/accounts/44"]);
