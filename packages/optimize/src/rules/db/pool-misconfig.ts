import type { PoolMade } from "../../model/pools.ts";
import type { Entry, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHot, isRequest } from "../gates/hot.ts";

/** Their process stays, and takes a request while others wait for the database. */
const servers: ReadonlySet<string> = new Set([
  "express",
  "express-promise-router",
  "fastify",
  "koa",
  "koa-router",
  "nest",
  "restify",
  "routing-controllers",
  "http",
  "https",
  "node-http-server",
  "socket.io",
  "socket-io",
  "ws",
  "fastapi",
  "aiohttp.web",
  "aiohttp-web",
  "quart",
]);
/** These ask through the pool of another library. */
const upon: Readonly<Record<string, readonly string[]>> = {
  pg: ["drizzle", "kysely"],
  postgres: ["drizzle", "kysely"],
  "mysql2-promise": ["drizzle", "kysely"],
  mysql: ["drizzle", "kysely"],
  knex: ["objection"],
};
/** Programs that do one thing after the other, and functions that a platform starts once for each request. */
const alone =
  /(^|[/_.-])(tests?|testing|spec|e2e|fixtures?|examples?|docs?|scripts?|migrat\w*|seed\w*|cli|bin|tools?|lambdas?|functions|serverless|workers?|jobs?)([/_.-]|$)/i;

export default rule({
  id: "db/pool-misconfig",
  title: "a pool of one connection for all requests",
  needs: ["facts"],
  provedBy: "the time that requests wait for the pool, beside the time that their statements take",
  tier: "candidate",
  check(project, report) {
    // One that stands where a program runs once is not the server's.
    const pools = project.locals.pools.filter(({ place }) => !alone.test(place.file));
    if (startedEachTime(project)) return;
    for (const one of pools) {
      if (one.most?.is !== 1) continue;
      // What is made in a request is said by another rule; and of several pools it is not seen which one a request asks.
      if (!one.function.module && isHot(project, one.function)) continue;
      if (pools.some((other) => other !== one && asksOf(one).includes(other.library))) continue;
      const entry = project.entries.find((each) => answersAtOnce(project, each) && asks(each, one));
      if (entry === undefined) continue;
      report({
        place: one.place,
        function: one.function,
        tier: "candidate",
        message: `\`${one.call}\` makes a pool of one connection (\`${one.most.words}\`), and ${entry.name} asks it: however many requests come, their statements run one after the other, and a function that needs a second connection while it holds the first waits for itself.`,
        advice:
          "Leave the maximum to the library, or set it to the connections that the server can spare, divided by the processes that share them.",
        effort: "S",
        path: [],
        related: [{ place: entry.place, role: "entry", note: entry.name }],
        reason: "how many requests come at once is not known",
      });
    }
  },
});

function asksOf({ library }: PoolMade): readonly string[] {
  return [library, ...(upon[library] ?? [])];
}

/** A platform runs the program, in as many processes as there are requests. */
function startedEachTime({ entries, locals }: Project): boolean {
  return locals.starts.some(({ by }) => by === "platform") || entries.some(({ library }) => library === "aws-lambda");
}

/** A server's process, which goes on to the next request while this one waits. In Python another program listens. */
function answersAtOnce({ locals }: Project, { library = "", place }: Entry): boolean {
  return servers.has(library) && (place.function.language === "python" || locals.starts.some(({ by }) => by === "itself"));
}

/** A request asks through the pool. */
function asks(entry: Entry, pool: PoolMade): boolean {
  return (
    isRequest(entry) &&
    entry.operations.some(({ operation: { kind, library } }) => kind.startsWith("db-") && asksOf(pool).includes(library))
  );
}
