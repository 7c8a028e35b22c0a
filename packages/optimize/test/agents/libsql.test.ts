/** A driver with the interface of better-sqlite3 whose methods call each other, and a client of it that is a module and answers later, as @libsql/client does. */
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

const files = {
  "node_modules/libsql/package.json": '{ "main": "index.js" }',
  "node_modules/libsql/index.js": `class Statement {
  constructor(rows) { this.rows = rows; }
  *iterate() { yield* this.rows; }
  all(...args) { return [...this.iterate(...args)]; }
  run() { return { changes: 1 }; }
}
module.exports = class Database {
  prepare(sql) { return new Statement(sql.includes("from orders") ? Array.from({ length: Number(/limit (\\d+)/.exec(sql)[1]) }, (_, id) => ({ id: id + 50 })) : [{ name: "n" }]); }
  exec() {}
};`,
  "node_modules/@libsql/client/package.json": '{ "type": "module", "exports": "./index.js" }',
  "node_modules/@libsql/client/index.js": `import Database from "libsql";
export const createClient = () => { const db = new Database(); return { async execute({ sql, args }) { return { rows: db.prepare(sql).all(args) }; } }; };`,
  "main.mjs": `import http from "node:http"; import { createClient } from "@libsql/client";
const client = createClient();
const server = http.createServer(async (request, response) => {
  const { rows } = await client.execute({ sql: "select id from orders limit " + request.url.slice(1), args: [] });
  for (const { id } of rows) {
    await client.execute({ sql: "select name from items where id = ?", args: [id] });
  }
  response.end();
}).listen(0, "127.0.0.1", async () => {
  for (const n of [6, 11]) await new Promise((done) => http.get({ port: server.address().port, path: "/" + n, agent: false }, (answer) => answer.resume().on("end", done)));
  server.close();
});`,
};

it("statements of a driver whose methods call each other are counted once, at the line of the program", async () => {
  const { exitCode, set, of } = await observed([process.execPath, "main.mjs"], { cwd: temporaryFolder(files) });
  expect([exitCode, set.failures]).toEqual([0, []]);
  expect(of("request").map(({ count, statements }) => [count, statements.min, statements.max])).toEqual([[2, 7, 12]]);
  expect(of("n+1").map(({ tier, place, origin }) => [tier, place?.line, origin?.place?.line])).toEqual([["proven", 6, 4]]);
  expect(of("sequential")).toEqual([]);
});
