import { createServer } from "node:http";
import createKnex from "knex";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 2 } });
await knex.raw("drop table if exists stock");
await knex.raw("create table stock (sku int primary key, available int not null)");
await knex.raw("insert into stock select n, 1000 from generate_series(1, 60) n");

class OutOfStock extends Error {}

/** Takes all lines of a basket from the stock, or none of them. */
function reserve(lines) {
  return knex.transaction(async (trx) => {
    for (const { sku, quantity } of lines) {
      // expect: n+1
      const row = await trx("stock").where({ sku }).forUpdate().first();
      if (row === undefined || row.available < quantity) throw new OutOfStock(`sku ${sku}`);
      // expect: n+1
      await trx("stock").where({ sku }).decrement("available", quantity);
    }
    return lines.length;
  });
}

const server = createServer(
  answering(async (_, query) => {
    const basket = Array.from({ length: Number(query.get("lines")) }, (_, n) => ({ sku: n + 1, quantity: (n % 3) + 1 }));
    return { reserved: await reserve(basket) };
  }),
);
await drive(server, ["/checkout?lines=6", "/checkout?lines=19"]);
await knex.destroy();
