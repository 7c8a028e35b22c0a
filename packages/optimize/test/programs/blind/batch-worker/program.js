import pg from "pg";
import { backends } from "../../support/backends.js";
import { Outbox } from "./outbox.js";

/** Empties an outbox in batches: as many statements as batches, each for up to ten messages. */
const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
await pool.query("drop table if exists outbox");
await pool.query("create table outbox (id int primary key, topic text not null, state text not null default 'new')");
const outbox = new Outbox(pool, 10);

let last = 0;
for (const size of [40, 110]) {
  await pool.query("insert into outbox (id, topic) select n, 'order' from generate_series($1::int, $2::int) n", [last + 1, last + size]);
  last += size;
  let sent = 0;
  for (let batch = await outbox.claim(); batch.length > 0; batch = await outbox.claim()) {
    await outbox.finish(batch.map(({ id }) => id));
    sent += batch.length;
  }
  console.log(`${sent} messages sent`);
}
await pool.end();
