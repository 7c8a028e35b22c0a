"use strict";
/** A service on node-postgres with planted and clean routes; it asks itself for every path that it is given, all at once when told so. */
const http = require("node:http");
const pg = require("pg");
const { startPostgres } = require("./postgres.cjs");

const [mode, ...paths] = process.argv.slice(2);

/** @param {string} sql @param {string[]} params */
function answer(sql, params) {
  const size = /limit (\d+)/.exec(sql);
  if (sql.startsWith("select id, customer_id from orders")) {
    const count = Number(size?.[1] ?? params[0]);
    return Array.from({ length: count }, (_, index) => ({ id: index + 1, customer_id: 1000 + index }));
  }
  if (sql.includes("any($1)")) return [{ id: 1, name: "many" }];
  if (sql.includes("broken")) throw new Error("it is broken");
  if (sql.includes("from pages")) return Array.from({ length: 3 }, (_, index) => ({ id: Number(params[0]) + index + 1 }));
  return [{ id: Number(params[0] ?? 0), name: "secret-name" }];
}

async function main() {
  const database = await startPostgres(answer);
  const pool = new pg.Pool({ host: "127.0.0.1", port: database.port, user: "u", password: "p", database: "d", max: 2 });
  const orders = async (count) => (await pool.query("select id, customer_id from orders limit $1", [count])).rows;

  const routes = {
    loop: async (count) => {
      const names = [];
      for (const order of await orders(count))
        names.push((await pool.query("select name from customers where id = $1", [order.customer_id])).rows[0]);
      return names;
    },
    parallel: async (count) =>
      Promise.all((await orders(count)).map((order) => pool.query("select name from clients where id = $1", [order.customer_id]))),
    hops: async (count) => {
      const find = async (id) => {
        await Promise.resolve();
        await new Promise((resolve) => setImmediate(resolve));
        return pool.query("select name from buyers where id = $1", [id]);
      };
      for (const order of await orders(count)) await find(order.customer_id);
    },
    client: async (count) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const { rows } = await client.query("select id, customer_id from orders limit $1", [count]);
        for (const order of rows) await client.query("update orders set seen = true where id = $1", [order.id]);
        await client.query("commit");
      } finally {
        client.release();
      }
    },
    callback: (count) =>
      new Promise((resolve, reject) => {
        pool.query("select id, customer_id from orders limit $1", [count], (error, result) => {
          if (error) return reject(error);
          let open = result.rows.length;
          for (const order of result.rows)
            pool.query("select name from people where id = $1", [order.customer_id], () => (open -= 1) === 0 && resolve());
        });
      }),
    batch: async (count) =>
      pool.query("select id, name from customers where id = any($1)", [(await orders(count)).map((order) => order.customer_id)]),
    retry: async () => {
      for (let attempt = 0; attempt < 6; attempt += 1)
        await pool.query("select broken from jobs where id = $1", [7]).catch(() => undefined);
    },
    polling: async () => {
      for (let attempt = 0; attempt < 6; attempt += 1) {
        await pool.query("select status from jobs where id = $1", [7]);
        await new Promise((resolve) => setTimeout(resolve, 12));
      }
    },
    pages: async () => {
      let last = 0;
      for (let page = 0; page < 6; page += 1)
        last = (await pool.query("select id from pages where id > $1 order by id limit 3", [last])).rows.at(-1).id;
    },
    twice: async () => {
      await pool.query("select name from settings where id = $1", [3]);
      await pool.query("select name from settings where id = $1", [3]);
    },
    written: async () => {
      await pool.query("select name from settings where id = $1", [3]);
      await pool.query("update settings set name = $2 where id = $1", [3, "bound-secret"]);
      await pool.query("select name from settings where id = $1", [3]);
    },
    inline: async () => pool.query("select name from settings where name = 'inline-secret' and id = 424242"),
  };

  const server = http.createServer((request, response) => {
    const [, name = "", count = "0"] = (request.url ?? "").split("/");
    routes[name](Number(count)).then(
      () => response.end("ok"),
      (error) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ask = (path) =>
    new Promise((resolve, reject) =>
      http.get({ port: server.address().port, path }, (answer) => answer.resume().on("end", resolve)).on("error", reject),
    );
  if (mode === "together") await Promise.all(paths.map(ask));
  else for (const path of paths) await ask(path);
  server.close();
  server.closeAllConnections();
  await pool.end();
  database.close();
}

void main();
