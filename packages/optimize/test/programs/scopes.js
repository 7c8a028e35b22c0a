/**
 * Requests side by side through every driver, more of them than its pool has connections: the n-th request of a driver runs n statements. Each is
 * to be seen in its own request. Prints the drivers by name; those whose package or server is not there with the reason.
 */
import { get, Agent } from "node:http";
import { isBuiltin } from "node:module";
import express from "express";

const addresses = JSON.parse(process.env.BACKENDS ?? "{}");
const sideBySide = 16;
const connections = 3;

/** By name: what it needs, and how it is opened; it gives what runs one statement, and what closes it. */
const drivers = {
  "pg pool": [
    "pg",
    "pg",
    async ({ default: pg }, connectionString) => {
      const pool = new pg.Pool({ connectionString, max: connections });
      return [(id) => pool.query("select name from customers where id = $1", [id]), () => pool.end()];
    },
  ],
  "pg pool with callbacks": [
    "pg",
    "pg",
    async ({ default: pg }, connectionString) => {
      const pool = new pg.Pool({ connectionString, max: connections });
      const run = (id) =>
        new Promise((resolve, reject) => {
          pool.query("select name from customers where id = $1", [id], (error, result) => (error ? reject(error) : resolve(result)));
        });
      return [run, () => pool.end()];
    },
  ],
  "pg clients of a pool": [
    "pg",
    "pg",
    async ({ default: pg }, connectionString) => {
      const pool = new pg.Pool({ connectionString, max: connections });
      const run = async (id) => {
        const client = await pool.connect();
        try {
          return await client.query({ name: "one", text: "select name from customers where id = $1", values: [id] });
        } finally {
          client.release();
        }
      };
      return [run, () => pool.end()];
    },
  ],
  "one pg client": [
    "pg",
    "pg",
    async ({ default: pg }, connectionString) => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return [(id) => client.query("select name from customers where id = $1", [id]), () => client.end()];
    },
  ],
  drizzle: [
    "drizzle-orm/node-postgres",
    "pg",
    async ({ drizzle }, connectionString) => {
      const { pgTable, integer, text } = await import("drizzle-orm/pg-core");
      const { eq } = await import("drizzle-orm");
      const table = pgTable("customers", { id: integer("id").primaryKey(), name: text("name") });
      const db = drizzle({ connection: { connectionString, max: connections } });
      return [(id) => db.select().from(table).where(eq(table.id, id)), () => db.$client.end()];
    },
  ],
  postgres: [
    "postgres",
    "pg",
    async ({ default: postgres }, url) => {
      const sql = postgres(url, { max: connections });
      return [(id) => sql`select name from customers where id = ${id}`, () => sql.end()];
    },
  ],
  "drizzle with postgres": [
    "drizzle-orm/postgres-js",
    "pg",
    async ({ drizzle }, url) => {
      const { pgTable, integer, text } = await import("drizzle-orm/pg-core");
      const { eq } = await import("drizzle-orm");
      const table = pgTable("customers", { id: integer("id").primaryKey(), name: text("name") });
      const db = drizzle({ connection: { url, max: connections } });
      return [(id) => db.select().from(table).where(eq(table.id, id)), () => db.$client.end()];
    },
  ],
  knex: [
    "knex",
    "pg",
    async ({ default: knex }, connection) => {
      const db = knex({ client: "pg", connection, pool: { min: connections, max: connections } });
      return [(id) => db("customers").where({ id }).first(), () => db.destroy()];
    },
  ],
  sequelize: [
    "sequelize",
    "pg",
    async ({ Sequelize, DataTypes }, url) => {
      const db = new Sequelize(url, { logging: false, pool: { min: connections, max: connections } });
      const Customer = db.define("Customer", { name: DataTypes.TEXT }, { tableName: "customers", timestamps: false });
      return [(id) => Customer.findByPk(id), () => db.close()];
    },
  ],
  typeorm: [
    "typeorm",
    "pg",
    async ({ default: { DataSource, EntitySchema } }, url) => {
      const columns = { id: { type: "int", primary: true }, name: { type: "text" } };
      const Customer = new EntitySchema({ name: "Customer", tableName: "customers", columns });
      const source = await new DataSource({ type: "postgres", url, entities: [Customer], poolSize: connections }).initialize();
      return [(id) => source.getRepository("Customer").findOneBy({ id }), () => source.destroy()];
    },
  ],
  "mysql2 with callbacks": [
    "mysql2",
    "mysql",
    async ({ default: mysql }, uri) => {
      const pool = mysql.createPool({ uri, connectionLimit: connections });
      const run = (id) =>
        new Promise((resolve, reject) => {
          pool.query("select name from customers where id = ?", [id], (error, rows) => (error ? reject(error) : resolve(rows)));
        });
      return [run, () => pool.promise().end()];
    },
  ],
  "mysql2 with promises": [
    "mysql2/promise",
    "mysql",
    async ({ default: mysql }, uri) => {
      const pool = mysql.createPool({ uri, connectionLimit: connections });
      return [(id) => pool.query("select name from customers where id = ?", [id]), () => pool.end()];
    },
  ],
  "mysql2 prepared": [
    "mysql2/promise",
    "mysql",
    async ({ default: mysql }, uri) => {
      const pool = mysql.createPool({ uri, connectionLimit: connections });
      return [(id) => pool.execute("select name from customers where id = ?", [id]), () => pool.end()];
    },
  ],
  ioredis: [
    "ioredis",
    "redis",
    async ({ default: Redis }, url) => {
      const client = new Redis(url);
      return [(id) => client.get(`customer:${id}`), () => client.quit()];
    },
  ],
  "node-redis": [
    "redis",
    "redis",
    async ({ createClient }, url) => {
      const client = await createClient({ url }).connect();
      return [(id) => client.get(`customer:${id}`), () => client.close()];
    },
  ],
  mongodb: [
    "mongodb",
    "mongo",
    async ({ MongoClient }, url) => {
      const client = await new MongoClient(url, { maxPoolSize: connections }).connect();
      return [(id) => client.db().collection("customers").findOne({ _id: id }), () => client.close()];
    },
  ],
  mongoose: [
    "mongoose",
    "mongo",
    async ({ default: mongoose }, url) => {
      const connection = await mongoose.createConnection(url, { maxPoolSize: connections }).asPromise();
      const Customer = connection.model("Customer", new mongoose.Schema({ _id: Number, name: String }), "customers");
      return [(id) => Customer.findById(id).lean(), () => connection.close()];
    },
  ],
  fetch: ["node:http", "partner", async (_, url) => [async (id) => (await fetch(`${url}/echo/${id}`)).json(), () => {}]],
  undici: [
    "undici",
    "partner",
    async ({ Pool }, url) => {
      const pool = new Pool(url, { connections });
      return [async (id) => (await pool.request({ path: `/echo/${id}`, method: "GET" })).body.json(), () => pool.close()];
    },
  ],
  "node:http": [
    "node:http",
    "partner",
    async (_, url) => {
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      const run = (id) =>
        new Promise((resolve, reject) => {
          get(`${url}/echo/${id}`, { agent }, (answer) => answer.resume().once("end", resolve)).once("error", reject);
        });
      return [run, () => agent.destroy()];
    },
  ],
  "node:sqlite": [
    "node:sqlite",
    undefined,
    async ({ DatabaseSync }) => {
      const db = new DatabaseSync(":memory:");
      db.exec("create table customers (id integer primary key, name text)");
      const one = db.prepare("select name from customers where id = ?");
      return [async (id) => one.get(id), () => db.close()];
    },
  ],
};

const slug = (name) => name.replaceAll(/\W+/g, "-");
const app = express();
const chosen = process.argv.slice(2);
/** @type {Record<string, string>} */
const said = {};
const open = [];

for (const [name, [needs, kind, start]] of Object.entries(drivers)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  if (kind !== undefined && addresses[kind] === undefined) said[name] = `${kind} is not there`;
  else if (needs.startsWith("node:") && !isBuiltin(needs)) said[name] = `${needs} is not in Node ${process.versions.node}`;
  else {
    const [run, close] = await start(await import(needs), addresses[kind]);
    // Connections are made before: some libraries ask each new one for its version.
    await Promise.all(Array.from({ length: connections * 2 }, (_, n) => run(n + 1)));
    open.push([name, close]);
    for (let n = 1; n <= sideBySide; n += 1)
      app.get(`/${slug(name)}/${n}`, async (_, response) => {
        for (let id = 1; id <= n; id += 1) await run(((n * 7 + id) % 60) + 1);
        response.end("ok");
      });
  }
}

const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const { port } = server.address();
const ask = (path) =>
  new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, agent: false }, (answer) => {
      answer.resume().once("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${path} ${answer.statusCode}`))));
    }).once("error", reject);
  });
for (const [name] of open) {
  await Promise.all(Array.from({ length: sideBySide }, (_, n) => ask(`/${slug(name)}/${n + 1}`)));
  said[name] = "ran";
}
server.close();
server.closeAllConnections();
for (const [, close] of open) await close();
console.log(JSON.stringify({ sideBySide, drivers: said }));
