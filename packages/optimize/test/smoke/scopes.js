/** As many requests at once as there are scopes: what each driver runs is seen in the request that it was run for, on real servers where there are some. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../programs/labels.js";
import { startBackends } from "../programs/support/backends.js";
import { expect, folderOf, optimize } from "./harness.js";
import { filled } from "./filled.js";

const drivers = [
  "pg pool",
  "pg pool with callbacks",
  "pg clients of a pool",
  "one pg client",
  "drizzle",
  "postgres",
  "drizzle with postgres",
  "knex",
  "sequelize",
  "typeorm",
  "mysql2 with callbacks",
  "mysql2 with promises",
  "mysql2 prepared",
  "ioredis",
  "node-redis",
  "mongodb",
  "mongoose",
  "fetch",
  "undici",
  "node:http",
  "node:sqlite",
];

/** What one run of the program showed: the drivers that ran, and statements and calls by route. */
async function observe() {
  const [real, own] = await Promise.all([filled(["pg", "mysql", "redis"]), startBackends(["pg", "redis", "mongo", "partner"])]);
  try {
    const file = join(folderOf(), "evidence.json");
    const words = ["measure", "--no-scan", "--root", root, "--output", file, "--", process.execPath, join(root, "scopes.js")];
    const { code, out, err } = await optimize(words, { env: { BACKENDS: JSON.stringify({ ...own.addresses, ...real.addresses }) } });
    expect(code === 0, "it ends well", { code, out, err });
    const { evidence, failures } = JSON.parse(readFileSync(file, "utf8"));
    expect(failures.length === 0, "nothing was lost", failures);
    const routes = evidence.filter(({ kind }) => kind === "request").map((one) => [one.route, one]);
    return { ...JSON.parse(out.trim().split("\n").at(-1)), routes: new Map(routes) };
  } finally {
    own.stop();
  }
}

/** @type {ReturnType<typeof observe> | undefined} */
let observing;

export const scopeChecks = drivers.map((name) => [
  `requests at once through ${name} are told apart`,
  async () => {
    const { drivers: said, sideBySide, routes } = await (observing ??= observe());
    if (said[name] !== "ran") return said[name] ?? "the program does not know it";
    for (let n = 1; n <= sideBySide; n += 1) {
      const route = `GET /${name.replaceAll(/\W+/g, "-")}/${n}`;
      const seen = routes.get(route);
      expect(seen?.count === 1 && seen.statements.max + seen.calls.max === n, `${route} runs ${n}`, seen);
    }
    return undefined;
  },
]);
