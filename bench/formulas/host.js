/**
 * Runs inside the process of an application that is observed: starts the database, sends every connection of `pg` to it,
 * counts in the driver, starts the application on a free loopback port, and sends the recipe's requests.
 *
 *     node host.js <folder> <recipe> <sizes>      (started by application.js)
 */
import http from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { folder as bookshop } from "./bookshop.js";
import { installCounters } from "./counters.js";

/** @typedef {import("./application.js").Call} Call */

const [folder = "", recipeFile = "", sizeList = ""] = process.argv.slice(2);
/** @type {{ default: import("./application.js").Recipe }} */
const { default: recipe } = await import(pathToFileURL(resolve(recipeFile)).href);
const manifest = resolve(folder, recipe.folder ?? ".", "package.json");
const load = createRequire(manifest);
const fetchNow = globalThis.fetch;

// The database comes with the example: the application brings the driver only.
const ours = createRequire(`${bookshop}/package.json`);
const { PGlite } = await import(pathToFileURL(ours.resolve("@electric-sql/pglite")).href);
const { PGLiteSocketServer } = await import(pathToFileURL(ours.resolve("@electric-sql/pglite-socket")).href);
const database = await PGlite.create();
const server = new PGLiteSocketServer({ db: database, port: 0, host: "127.0.0.1", maxConnections: 20 });
await server.start();
const [host, port] = server.getServerConn().split(":");

sendConnectionsHere(load("pg"));
const counters = await installCounters(manifest);
const listening = catchListen();
process.chdir(resolve(folder, recipe.folder ?? "."));
Object.assign(process.env, recipe.env, { DATABASE_URL: `postgres://postgres:postgres@${host}:${port}/postgres`, PORT: "0" });
load(resolve(folder, recipe.folder ?? ".", recipe.entry));
const url = await listening;

/** @type {import("./application.js").Tools} */
const tools = { load, database, send, quiet };
await recipe.prepare(tools);
const observed = [];
for (const size of sizeList.split(",").map(Number)) {
  await empty();
  for (const statement of recipe.seed(size, tools)) await database.exec(statement);
  observed.push(await observe(size));
}
process.send?.(observed, () => process.exit(0));

/** @param {number} size */
async function observe(size) {
  const observations = [];
  for (const call of await recipe.calls(size, tools)) {
    if (call.changes !== true) await send(call);
    await quiet();
    counters.take();
    const { status } = await send(call);
    await quiet();
    observations.push({ route: call.route, counts: counters.take(), sizes: call.sizes ?? {}, status });
  }
  return observations;
}

/** @param {Call} call */
async function send({ route, path, body, headers = {} }) {
  const method = route.split(" ")[0] ?? "GET";
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetchNow(url + path, { method, headers: { "content-type": "application/json", ...headers }, ...content });
  await response.clone().arrayBuffer();
  return response;
}

/** Some answer before their last query ran: nothing is counted until none was sent for a while. */
async function quiet() {
  for (let seen = -1; seen !== counters.total(); await new Promise((done) => setTimeout(done, 60))) seen = counters.total();
}

async function empty() {
  const { rows } = await database.query("select tablename from pg_tables where schemaname = 'public'");
  const tables = rows.map((/** @type {any} */ row) => `"${row.tablename}"`).join(", ");
  if (tables !== "") await database.exec(`truncate ${tables} restart identity cascade`);
}

/**
 * Whatever the application's configuration says, its connections go to the database of this process, which speaks no TLS.
 *
 * @param {any} pg
 */
function sendConnectionsHere(pg) {
  const { connect } = pg.Client.prototype;
  pg.Client.prototype.connect = function connectHere(/** @type {any[]} */ ...args) {
    const here = { host, port: Number(port), user: "postgres", password: "postgres", database: "postgres", ssl: false };
    Object.assign(this, here);
    Object.assign(this.connectionParameters, here);
    this.connection.ssl = false;
    return connect.apply(this, args);
  };
}

/** @returns {Promise<string>} The address at which the application listens: a free port of the loopback. */
function catchListen() {
  const listen = Reflect.get(http.Server.prototype, "listen");
  return new Promise((done) => {
    http.Server.prototype.listen = function listenHere(/** @type {any[]} */ ...args) {
      const server = this;
      server.once("listening", () => done(`http://127.0.0.1:${server.address().port}`));
      const callback = args.findLast((arg) => typeof arg === "function");
      return listen.call(server, 0, "127.0.0.1", callback);
    };
  });
}
