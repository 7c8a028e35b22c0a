import express from "express";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

async function currentUser(request) {
  // expect: duplicate-statement
  const { rows } = await pool.query("select id, name, tier from customers where id = $1", [Number(request.query.user)]);
  return rows[0];
}

async function signedIn(request, response, next) {
  const user = await currentUser(request);
  if (user === undefined) response.status(401).end();
  else next();
}

async function premiumOnly(request, response, next) {
  const user = await currentUser(request);
  if (user.tier === 0) response.status(403).end();
  else next();
}

const app = express();
app.get("/offers", signedIn, premiumOnly, async (request, response) => {
  const user = await currentUser(request);
  // clean: once a request
  const { rows } = await pool.query("select id, title from items where cents < $1 order by id limit 5", [user.tier * 100]);
  const greeting = `Hello ${(await currentUser(request)).name}`;
  response.json({ greeting, offers: rows });
});

await drive(createServer(app), ["/offers?user=4", "/offers?user=5", "/offers?user=7"]);
await pool.end();
