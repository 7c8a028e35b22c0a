/** A driver whose queries are objects that ask when they are waited for, as a module of ECMAScript and as CommonJS: of the same parts as postgres (postgres.js), and no more. */
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

const query = `class Query extends Promise {
  constructor(strings, args, handler, canceller) {
    let settle;
    super((resolve, reject) => (settle = { resolve, reject }));
    Object.assign(this, { strings, args, handler, canceller, executed: false, ...settle });
  }
  static get [Symbol.species]() { return Promise; }
  async handle() { if (!this.executed) { this.executed = true; await 1; this.handler(this); } }
  execute() { this.handle(); return this; }
  then(...args) { this.handle(); return super.then(...args); }
}`;
const index = `const waiting = []; let busy = false;
const next = () => {
  if (busy || waiting.length === 0) return;
  busy = true;
  const query = waiting.shift();
  query.string = query.strings.join("$1"); query.parameters = query.args.map(String);
  setTimeout(() => {
    if (query.string.includes("broken")) query.reject(new Error("it is broken"));
    else query.resolve(Object.assign(query.string.includes("from orders") ? Array.from({ length: Number(query.parameters[0]) }, (_, id) => ({ id: id + 100 })) : [{ name: "n" }], { count: 1 }));
    busy = false; next();
  }, 1);
};
const send = (query) => { waiting.push(query); next(); };
const sql = (strings, ...args) => new Query(strings, args, send, () => {});
sql.own = () => new Query(["select own"], [], send);`;

/** One connection, so that a statement is sent by whoever got the answer before. */
const program = `const server = http.createServer(async (request, response) => {
  const count = Number(request.url.slice(1));
  const orders = await sql\`select id from orders limit \${count}\`;
  await sql.own();
  await Promise.all(orders.map(itemsOf));
  await sql\`select broken\`.catch(() => {});
  response.end();
}).listen(0, "127.0.0.1", async () => {
  const ask = (n) => new Promise((done) => http.get({ port: server.address().port, path: "/" + n, agent: false }, (answer) => answer.resume().on("end", done)));
  await Promise.all([6, 9, 12].map(ask));
  server.close();
});
async function itemsOf(order) {
  return sql\`select name from items where id = \${order.id}\`;
}`;

const files = {
  "node_modules/postgres/package.json": JSON.stringify({
    name: "postgres",
    type: "module",
    exports: { import: "./src/index.js", default: "./cjs/src/index.js" },
  }),
  "node_modules/postgres/src/query.js": `export ${query}`,
  "node_modules/postgres/src/index.js": `import { Query } from "./query.js"; ${index} export default sql;`,
  "node_modules/postgres/cjs/package.json": '{ "type": "commonjs" }',
  "node_modules/postgres/cjs/src/query.js": `exports.Query = ${query}`,
  "node_modules/postgres/cjs/src/index.js": `const { Query } = require("./query.js"); ${index} module.exports = sql;`,
  "main.mjs": `import http from "node:http"; import sql from "postgres"; import { Query } from "./node_modules/postgres/src/query.js";\n${program}
if (Query.name !== "Query" || !(sql\`x\` instanceof Query) || !(sql\`x\` instanceof Promise) || Query.resolve !== Promise.resolve) process.exitCode = 7;`,
  // As tracers do it: functions of their own around those of each query, before and after ours.
  "node_modules/tracer/package.json": '{ "type": "module", "exports": "./index.js" }',
  "node_modules/tracer/index.js": `import own from "postgres";
export const seen = { ended: 0 };
const around = (query) => { for (const name of ["resolve", "reject"]) { const to = query[name]; query[name] = (value) => { seen.ended += 1; return to(value); }; } };
export const sql = (...args) => {
  const query = own(...args); const { handle } = query;
  query.handle = function (...rest) {
    const isFirst = !query.executed;
    if (isFirst) around(query);
    const answer = handle.apply(query, rest);
    if (isFirst) around(query);
    return answer;
  };
  return query;
};
sql.own = own.own;`,
  "traced.mjs": `import http from "node:http"; import { sql, seen } from "tracer";\n${program}
process.on("exit", () => { if (seen.ended !== 2 * (3 * 2 + 6 + 9 + 12)) process.exitCode = 7; });`,
  // Asks when it is waited for too, from a queue of V8's own: nothing of the program is on the stack then.
  "node_modules/builder/package.json": '{ "type": "module", "exports": "./index.js" }',
  "node_modules/builder/index.js": `import sql from "postgres";
const run = async (name) => { const rows = await sql(["select " + name], []); return rows; };
export const select = (name) => ({ then: (...args) => run(name).then(...args) });`,
  "built.mjs": `import http from "node:http"; import { select } from "builder";
const server = http.createServer(async (request, response) => { response.end(String(await both())); });
async function both() {
  const one = await select("one");
  return [one, await select("two")];
}
server.listen(0, "127.0.0.1", () => http.get({ port: server.address().port, path: "/v1", agent: false }, (answer) => answer.resume().on("end", () => server.close())));`,
  "main.cjs": `const http = require("node:http"); const sql = require("postgres");\n${program}`,
  // Somebody else's hook of the loader, which adds a line of its own.
  "hook.mjs": `import { register } from "node:module"; register("data:text/javascript," + encodeURIComponent(\`export const load = async (url, context, next) => {
  const result = await next(url, context);
  return url.endsWith("query.js") ? { ...result, source: String(result.source) + "\\\\nglobalThis.others = (globalThis.others ?? 0) + 1;" } : result;
};\`)); process.on("exit", () => { if (globalThis.others !== 1) process.exitCode = 8; });`,
};

describe("queries that ask when they are waited for", () => {
  it.each([
    ["of a module", ["main.mjs"], "main.mjs"],
    ["of a module that another hook of the loader changes too", ["--import", "./hook.mjs", "main.mjs"], "main.mjs"],
    ["of CommonJS", ["main.cjs"], "main.cjs"],
    ["of a module, with a tracer around them", ["traced.mjs"], "traced.mjs"],
  ])("have the place where they were made, and the request that waits for them: %s", async (_, words, main) => {
    const { exitCode, set, of } = await observed([process.execPath, ...words], { cwd: temporaryFolder(files) });
    expect([exitCode, set.failures]).toEqual([0, []]);
    expect(of("request").map(({ route, count, statements }) => [route, count, statements.min, statements.max])).toEqual([
      ["GET /:id", 3, 8, 14],
    ]);
    expect(of("n+1").map(({ tier, place, growth, origin }) => [tier, place?.file, place?.line, growth, origin?.place?.line])).toEqual([
      [
        "proven",
        main,
        15,
        [
          [6, 6],
          [9, 9],
          [12, 12],
        ],
        4,
      ],
    ]);
    // What the driver asks for itself is not the program's.
    expect(of("statement").flatMap(({ shape }) => (shape.includes("own") ? [shape] : []))).toEqual([]);
  });

  it("have the place of whoever waits for the library that made them, where nothing of the program is on the stack", async () => {
    const { exitCode, set, of } = await observed([process.execPath, "built.mjs"], { cwd: temporaryFolder(files) });
    expect([exitCode, set.failures]).toEqual([0, []]);
    expect(of("statement").map(({ shape, place }) => [shape, place?.file, place?.line])).toContainEqual(["select one", "built.mjs", 4]);
  });
});
