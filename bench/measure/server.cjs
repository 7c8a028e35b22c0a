"use strict";
/**
 * The server that is measured: one plain route, one with 21 statements of node:sqlite and one with 21 of node-postgres, on Express. CommonJS, as
 * auto-instrumentation asks for. `GET /cpu` says what the process has used so far, in microseconds of user and system time of all its threads.
 */
const express = require("express");

const application = express();
const statements = 21;

application.get("/plain/:id", (request, response) => {
  response.json({ id: request.params.id, name: "plain" });
});

if (process.env.BENCH_ROUTE === "sqlite") {
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(":memory:");
  database.exec("create table items (id integer primary key, name text)");
  const insert = database.prepare("insert into items values (?, ?)");
  for (let id = 0; id < 1000; id += 1) insert.run(id, `item ${id}`);
  const select = database.prepare("select id, name from items where id = ?");
  application.get("/sqlite/:id", (request, response) => {
    const found = [];
    for (let i = 0; i < statements; i += 1) found.push(select.get((Number(request.params.id) + i) % 1000));
    response.json(found.length);
  });
}

if (process.env.BENCH_PG !== undefined) {
  const { Pool } = require("pg");
  const pool = new Pool({ host: "127.0.0.1", port: Number(process.env.BENCH_PG), user: "u", database: "d", max: 8 });
  const read = async (/** @type {number} */ first) => {
    let found = 0;
    for (let i = 0; i < statements; i += 1) {
      const { rows } = await pool.query("select id, name from items where id = $1", [first + i]);
      found += rows.length;
    }
    return found;
  };
  application.get("/pg/:id", (request, response, next) => {
    void read(Number(request.params.id)).then((found) => response.json(found), next);
  });
}

application.get("/cpu", (_, response) => {
  const { user, system } = process.cpuUsage();
  response.json(user + system);
});

const server = application.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  process.send?.({ port });
  // Under a program that starts the server itself there is no channel.
  if (process.env.BENCH_PORT_FILE !== undefined) require("node:fs").writeFileSync(process.env.BENCH_PORT_FILE, String(port));
});
process.on("disconnect", () => process.exit(0));
