import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });
await pool.query("drop table if exists tiers");
await pool.query("create table tiers (id int primary key, label text not null)");
await pool.query("insert into tiers values (0, 'bronze'), (1, 'silver'), (2, 'gold')");

function memoise(load) {
  const kept = new Map();
  return (key) => {
    if (!kept.has(key)) kept.set(key, load(key));
    return kept.get(key);
  };
}

const server = createServer(
  answering(async (_, query) => {
    const labelOf = memoise(async (tier) => {
      // clean: three tiers, however many customers
      const { rows } = await pool.query("select label from tiers where id = $1", [tier]);
      return rows[0].label;
    });
    // clean: once a request
    const { rows } = await pool.query("select name, tier from customers order by id limit $1", [query.get("limit")]);
    return Promise.all(rows.map(async ({ name, tier }) => ({ name, tier: await labelOf(tier) })));
  }),
);
await drive(server, ["/customers?limit=9", "/customers?limit=36"]);
await pool.end();
