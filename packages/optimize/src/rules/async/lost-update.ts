import type { LostUpdate } from "../../model/lost.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/lost-update",
  title: "a value that is read, changed and written back while others do the same",
  needs: ["facts"],
  provedBy: "two requests at the same time after which the value has changed only once",
  tier: "likely",
  check(project, report) {
    const seen = new Set<string>();
    for (const update of project.updates) {
      const { write, read } = update;
      const key = `${write.file}:${write.line}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report({
        place: write,
        function: update.function,
        message: message(update),
        advice: advice(update),
        effort: "S",
        path: [],
        ...(update.operation === undefined ? {} : { operation: update.operation }),
        related: read === undefined || read.line === write.line ? [] : [{ place: read, role: "read here", note: update.name }],
        atMost: "medium",
        ...reasonOf(coldReason(project, update.function)),
      });
    }
  },
});

function message({ kind, name, table }: LostUpdate): string {
  if (kind === "variable")
    return `\`${name}\` is read before an await and written after it: what another request wrote into it meanwhile is overwritten.`;
  const of = table === undefined ? "" : ` of \`${table}\``;
  return `\`${name}\`${of} is read, changed by the code and written back by another statement: of two requests at the same time, one change is lost.`;
}

function advice({ kind, operation, name }: LostUpdate): string {
  if (kind === "variable") return "Change it in one step after the await, from the value that it has then, or hold a lock around both.";
  const atomic = steps[operation?.library ?? ""];
  return `Let the database change it in one statement${atomic === undefined ? `: \`SET ${name} = ${name} + …\`` : `, ${atomic(name)}`}, or lock the row first in a transaction.`;
}

/** How one statement changes a column by what it holds. */
const steps: Readonly<Record<string, (name: string) => string>> = {
  prisma: (name) => `\`data: { ${name}: { increment: … } }\``,
  mongoose: (name) => `\`{ $inc: { ${name}: … } }\``,
  mongodb: (name) => `\`{ $inc: { ${name}: … } }\``,
  pymongo: (name) => `\`{"$inc": {"${name}": …}}\``,
  motor: (name) => `\`{"$inc": {"${name}": …}}\``,
  sequelize: (name) => `\`increment("${name}")\``,
  typeorm: (name) => `\`increment(where, "${name}", …)\``,
  knex: (name) => `\`.increment("${name}")\``,
  django: (name) => `\`.update(${name}=F("${name}") + …)\``,
  sqlalchemy: (name) => `\`update(…).values(${name}=Model.${name} + …)\``,
};
