import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** Kept for one request: asked for by every row, sent once for each of three tiers. */
const loaderOf = () => {
  const known = new Map();
  return (tier) => {
    // clean: three tiers are three statements, however many rows ask
    if (!known.has(tier)) known.set(tier, pool.query("select count(*)::int as count from customers where tier = $1", [tier]));
    return known.get(tier);
  };
};

const server = createServer(
  answering(async (_, query) => {
    // clean: once a request
    const { rows } = await pool.query("select id, tier from customers order by id limit $1", [Number(query.get("limit"))]);
    const peersOf = loaderOf();
    return Promise.all(rows.map(async (row) => (await peersOf(row.tier)).rows[0].count));
  }),
);
await drive(server, ["/peers?limit=8", "/peers?limit=20", "/peers?limit=30"]);
await pool.end();
