import { createServer } from "node:http";
import createKnex from "knex";
import { request } from "undici";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connection, partner } = await backends("pg", "partner");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 2 } });

class RatingClient {
  async #get(path) {
    const { statusCode, body } = await request(`${partner}${path}`, { headers: { accept: "application/json" } });
    if (statusCode !== 200) throw new Error(`rating service answered ${statusCode}`);
    return body.json();
  }

  async of(customerId) {
    // expect: n+1
    const { rating } = await this.#get(`/ratings/${customerId}`);
    return rating;
  }
}

const ratings = new RatingClient();

/** The customers that may buy on account. The service would tell many ratings at once (`?ids=`). */
async function* creditworthy(limit) {
  // clean: once a request
  const customers = await knex("customers").select("id", "name").orderBy("id").limit(limit);
  for (const customer of customers) {
    const rating = await ratings.of(customer.id);
    if (rating > 1) yield customer.name;
  }
}

const server = createServer(
  answering(async (_, query) => {
    const names = [];
    for await (const name of creditworthy(Number(query.get("limit")))) names.push(name);
    return names;
  }),
);
await drive(server, ["/creditworthy?limit=7", "/creditworthy?limit=20"]);
await knex.destroy();
