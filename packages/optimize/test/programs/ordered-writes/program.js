import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** A transaction on one connection: its statements run in turn whatever the program does, and their order is meant. */
async function transfer(from, to, cents) {
  const client = await pool.connect();
  try {
    // clean: opens the transaction
    await client.query("begin");
    // clean: before the other one, so that two transfers never lock crosswise
    await client.query("update orders set total = total - $2 where id = $1", [from, cents]);
    // clean: in the same transaction
    await client.query("update orders set total = total + $2 where id = $1", [to, cents]);
    // clean: only when both are done
    await client.query("insert into visits (path) values ($1)", [`/transfer/${from}/${to}`]);
    // clean: after everything
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
  return cents;
}

const server = createServer(answering((_, query) => transfer(1, 2, Number(query.get("cents")))));
await drive(server, ["/transfer?cents=5", "/transfer?cents=50"]);
await pool.end();
