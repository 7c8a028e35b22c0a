/** Which requests ask a database through a pool, in a process that answers others meanwhile. */
import type { PoolMade } from "../../model/pools.ts";
import type { Entry, Operation, Project } from "../../model/project.ts";
import { isHot, isRequest } from "./hot.ts";

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
  "socket-io",
  "ws",
  "fastapi",
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

/** A pool that requests of a server ask, and one of these requests. */
export interface AskedPool {
  readonly pool: PoolMade;
  readonly entry: Entry;
}

/** Pools of which it is seen that requests ask them: the only ones of their libraries, made once. */
export function askedPools(project: Project): readonly AskedPool[] {
  if (startedEachTime(project)) return [];
  // One that stands where a program runs once is not the server's.
  const pools = project.locals.pools.filter(({ place }) => !alone.test(place.file));
  return pools.flatMap((pool): readonly AskedPool[] => {
    // What is made in a request is said by another rule; and of several pools it is not seen which one a request asks.
    if (!pool.function.module && isHot(project, pool.function)) return [];
    if (pools.some((other) => other !== pool && asksOf(pool).includes(other.library))) return [];
    const entry = project.entries.find((each) => answersAtOnce(project, each) && asks(each, pool));
    return entry === undefined ? [] : [{ pool, entry }];
  });
}

/** Some request of such a server leads there. */
export function isServed(project: Project, { place }: Pick<Operation, "place">): boolean {
  return (
    !startedEachTime(project) && project.routesReaching(place.function).some((entry) => isRequest(entry) && answersAtOnce(project, entry))
  );
}

function asksOf({ library }: PoolMade): readonly string[] {
  return [library, ...(upon[library] ?? [])];
}

/** It asks through the pool, as far as its library says. */
export function isAskedThrough(pool: PoolMade, { library, kind }: Pick<Operation, "library" | "kind">): boolean {
  return kind.startsWith("db-") && asksOf(pool).includes(library);
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
  return isRequest(entry) && entry.operations.some(({ operation }) => isAskedThrough(pool, operation));
}
