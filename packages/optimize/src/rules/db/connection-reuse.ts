import type { DatabaseSettings } from "../../model/local.ts";
import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHot } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/connection-reuse",
  title: "a connection that is opened for every request",
  needs: ["facts"],
  provedBy: "connections that the server accepts for each request, and the time of the handshake",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.databases) {
      if (one.keeps !== "no") continue;
      const asking = asked(project);
      report({
        place: one.place,
        function: asking?.place.function ?? one.function,
        message: `Nothing says how long connections to \`${one.engine}\` are kept, so Django opens one for each request that asks the database and closes it at its end: the handshake, with its authentication, is part of every answer.`,
        advice:
          'Set `CONN_MAX_AGE` (60, say) with `CONN_HEALTH_CHECKS = True`; or with Django 5.1 and psycopg 3 a pool, `OPTIONS: { "pool": True }`.',
        effort: "S",
        path: [],
        atMost: "medium",
        ...reasonOf(doubts(project, one, asking)),
      });
    }
  },
});

/** Some request that asks the database. */
function asked(project: Project): Operation | undefined {
  return project.operations.find(
    ({ library, kind, place }) =>
      library === "django" && kind.startsWith("db-") && !place.function.module && isHot(project, place.function),
  );
}

function doubts(project: Project, { place }: DatabaseSettings, asking: Operation | undefined): readonly string[] {
  const reasons: string[] = [];
  if (asking === undefined) reasons.push("no request was found that asks the database");
  if (/(^|[/_.-])(test|tests|testing|dev|development|local|ci|example|docs?)([/_.-]|$)/i.test(place.file))
    reasons.push("these are not the settings of production, by the name of the file");
  if (project.locals.databases.some((one) => one.keeps === "yes" || (one.place.file !== place.file && one.keeps === "unknown")))
    reasons.push("other settings of the project say it");
  return reasons;
}
