import { createServer } from "node:http";
import createKnex from "knex";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 2 } });
await knex.raw("drop table if exists prices");
await knex.raw("create table prices (sku int not null, cents int not null, source text not null)");

const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

/** A price list of a supplier, a hundred rows a statement and all or nothing. */
async function importPrices(source, list) {
  await knex.transaction(async (trx) => {
    // clean: once an import
    await trx("prices").where({ source }).del();
    for (const chunk of chunks(list, 100)) {
      // clean: a hundred rows a statement
      await trx("prices").insert(chunk.map(({ sku, cents }) => ({ sku, cents, source })));
    }
  });
  return list.length;
}

const server = createServer(
  answering((_, query) => {
    const list = Array.from({ length: Number(query.get("rows")) }, (_, n) => ({ sku: n, cents: 100 + n }));
    return importPrices(query.get("source"), list);
  }),
);
await drive(server, ["/import?source=north&rows=250", "/import?source=south&rows=900"]);
await knex.destroy();
