import type { Lent } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

const things = { connection: "a connection of the pool", transaction: "a transaction and its connection", session: "a session" } as const;

export default rule({
  id: "db/connection-leak",
  title: "a connection that does not come back to its pool",
  needs: ["facts"],
  provedBy: "connections in use that grow with the errors, until asking the pool for one times out",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.lent)
      report({
        place: one.place,
        function: one.function,
        message: message(one),
        advice: advice(one),
        effort: "S",
        path: [],
        ...(one.spec.what === "session" || one.spec.collected === true ? { atMost: "low" as const } : {}),
        ...(one.exit === undefined ? {} : { related: [{ place: one.exit, role: one.back === "unless-failing" ? "may fail" : "leaves" }] }),
        ...reasonOf(doubts(project, one)),
      });
  },
});

function message({ name, call, spec: { what }, back }: Lent): string {
  const taken = `\`${name}\` holds ${things[what]} from \`${call}\` on`;
  if (back === "never")
    return `${taken}, and nothing in this function gives it back, nor does it leave the function: each call keeps one more.`;
  return back === "unless-leaving"
    ? `${taken}, and the function is left on some way without giving it back: each time keeps one more, until everybody waits for the pool.`
    : `${taken}, and gives it back only when nothing in between fails: each error keeps one more, until everybody waits for the pool.`;
}

function advice({ name, spec, function: { language } }: Lent): string {
  if (language === "python")
    return spec.to === undefined
      ? `Use \`with … as ${name}:\`, which gives it back on every way out.`
      : `Use the pool's own context manager (\`with pool.connection() as ${name}:\`, \`async with pool.acquire() as ${name}:\`), or give it back in \`finally\`.`;
  if (spec.what === "transaction")
    return "Give the work as a function (`transaction(async (transaction) => { … })`), which commits or rolls back whatever happens; or roll back in a `catch` around everything that follows.";
  return `Put what follows into \`try { … } finally { ${name}.${spec.back[0] ?? "release"}(); }\`.`;
}

function doubts(project: Project, { function: fn, spec }: Lent): readonly string[] {
  const reasons = [...coldReason(project, fn)];
  if (spec.collected === true) reasons.push("the interpreter gives it back when nothing holds it any more");
  return reasons;
}
