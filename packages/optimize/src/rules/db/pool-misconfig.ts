import type { PoolMade, SecondAsk } from "../../model/pools.ts";
import type { Operation, Project } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { askedPools, isAskedThrough, isServed } from "../gates/pool-server.ts";
import type { AskedPool } from "../gates/pool-server.ts";

export default rule({
  id: "db/pool-misconfig",
  title: "a pool that is too small for what asks it, or larger than its server allows",
  needs: ["facts"],
  provedBy: "the time that requests wait for the pool, beside the time that their statements take",
  tier: "candidate",
  check(project, report) {
    const pools = askedPools(project);
    for (const one of pools) {
      const found = ofOne(one) ?? aboveServer(project, one) ?? belowFanOut(project, one);
      if (found !== undefined) report(found);
    }
    for (const one of project.locals.secondAsks) {
      const found = heldTwice(project, one, pools);
      if (found !== undefined) report(found);
    }
  },
});

const entryOf = ({ entry }: AskedPool): NonNullable<Found["related"]>[number] => ({ place: entry.place, role: "entry", note: entry.name });

function ofOne(one: AskedPool): Found | undefined {
  const { pool, entry } = one;
  if (pool.most?.is !== 1) return undefined;
  return {
    ...common(pool),
    message: `\`${pool.call}\` makes a pool of one connection (\`${pool.most.words}\`), and ${entry.name} asks it: however many requests come, their statements run one after the other, and a function that needs a second connection while it holds the first waits for itself${endless(pool)}.`,
    advice:
      "Leave the maximum to the library, or set it to the connections that the server can spare, divided by the processes that share them.",
    related: [entryOf(one)],
    reason: "how many requests come at once is not known",
  };
}

/** One process may want more than the server gives to all of them. */
function aboveServer({ schemas }: Project, one: AskedPool): Found | undefined {
  const { pool } = one;
  const given = schemas.flatMap(({ connections }) => connections ?? []);
  const [most] = given;
  // Of several databases it is not seen which one it asks.
  if (pool.most === undefined || most === undefined || given.length > 1 || schemas.length > 1 || pool.most.is <= most) return undefined;
  return {
    ...common(pool),
    message: `\`${pool.call}\` makes a pool of up to ${String(pool.most.is)} connections (\`${pool.most.words}\`), and the exported server gives ${String(most)} to all programs together: beyond them it refuses every connection, those of other programs too.`,
    advice: `Set the maximum to less than ${String(most)}, divided by the processes that share the server; or put a pooler such as PgBouncer before it.`,
    related: [entryOf(one)],
    reason: "how many requests come at once is not known",
  };
}

/** So many statements start at once as the pool has not: one request takes all of it, and its own wait for each other. */
function belowFanOut(project: Project, one: AskedPool): Found | undefined {
  const { pool } = one;
  const most = pool.most?.is ?? 0;
  const wide = project.looped.find(
    ({ operation, loop, relation, inTransaction, memoized, limited, partly, perLiteral }) =>
      most > 1 &&
      loop.mode === "parallel" &&
      relation === "element" &&
      (loop.size.exact ?? 0) > most &&
      !(inTransaction || memoized || limited || partly || perLiteral) &&
      operation.within !== true &&
      operation.spec.transaction === undefined &&
      operation.spec.batched !== true &&
      isAskedThrough(pool, operation) &&
      isServed(project, operation),
  );
  if (wide === undefined) return undefined;
  return {
    ...common(pool),
    message: `\`${pool.call}\` makes a pool of ${String(most)} connections (\`${pool.most?.words ?? ""}\`), and one request starts ${String(wide.loop.size.exact)} statements at once: each such request takes the whole pool, and they wait for each other all the same.`,
    advice: "Ask for them in one statement, or let fewer run at once than the pool has connections, so that other requests find one.",
    related: [{ place: wide.site, role: "at once" }],
    reason: "how many requests come at once is not known",
  };
}

/** As many of these at once as the pool has connections, and each holds one while it waits for another. */
function heldTwice(project: Project, { place, function: fn, call, holds }: SecondAsk, pools: readonly AskedPool[]): Found | undefined {
  const operation = project.operations.find((one) => isAt(one, place) && isServed(project, one));
  if (operation === undefined || project.schemas.some(({ dialect }) => dialect === "sqlite")) return undefined;
  const pool = pools.map((one) => one.pool).find((one) => isAskedThrough(one, operation));
  const most =
    pool?.most === undefined ? "as many requests at once as the pool has connections" : `${String(pool.most.is)} requests at once`;
  return {
    place,
    function: fn,
    tier: "candidate",
    effort: "S",
    path: [],
    operation,
    message: `\`${call}\` asks the pool for a second connection while \`${holds.name}\` holds the first, and waits for it: with ${most} each of them holds one and waits for another, and none goes on${endless(pool)}.`,
    advice: `Ask through \`${holds.name}\`, which also makes it part of the transaction; or do it before \`${holds.call}\`, or after the end of it.`,
    related: [{ place: holds.place, role: "takes the first" }],
    reason: "how many requests come at once is not known",
  };
}

/** Transactions that hold no connection of their own, or into which a library puts statements that do not say so. */
const apart: ReadonlySet<string> = new Set(["mongodb", "mongoose", "sequelize"]);

/** The statement itself: one of the pool, which no handle puts into the transaction. */
function isAt({ place, kind, within, spec, library }: Operation, at: SecondAsk["place"]): boolean {
  const isInside = place.file === at.file && place.at >= at.at && place.end <= at.end;
  return (
    isInside &&
    !apart.has(library) &&
    kind.startsWith("db-") &&
    within !== true &&
    spec.transaction === undefined &&
    spec.lazy === undefined
  );
}

function common({ place, function: fn }: PoolMade): Pick<Found, "place" | "function" | "tier" | "effort" | "path"> {
  return { place, function: fn, tier: "candidate", effort: "S", path: [] };
}

function endless(pool: PoolMade | undefined): string {
  if (pool?.patient === undefined) return "";
  return pool.patient === "" ? ", for ever: its library knows no time-out for it" : `, for ever: no \`${pool.patient}\` is said`;
}
