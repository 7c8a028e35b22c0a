import type { Opened } from "../../model/local.ts";
import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

/** Calls that give something which the caller has to close, besides those that connect. */
const opens: ReadonlySet<string> = new Set(["open", "openSync", "opendir", "opendirSync", "Popen", "urlopen"]);

/** A picture closes its file when it has read it. */
const closesItself: ReadonlySet<string> = new Set(["pillow.Image"]);

export default rule({
  id: "mem/resource-not-closed",
  title: "something that is opened and not closed on every way",
  needs: ["facts"],
  provedBy: "open descriptors or connections of the process growing with the requests",
  tier: "likely",
  check(project, report) {
    const byPlace = new Map(project.operations.map((operation) => [`${operation.place.file}:${String(operation.place.at)}`, operation]));
    for (const one of project.locals.opened) {
      // Clients that are made again and again have a rule of their own.
      if (one.closed === "always" || one.made) continue;
      const operation = byPlace.get(`${one.place.file}:${String(one.place.at)}`);
      if (!isResource(one, operation)) continue;
      report({
        place: one.place,
        function: one.function,
        message: message(one),
        advice: advice(one),
        effort: "S",
        path: [],
        ...(one.function.language === "python" ? { atMost: "low" as const } : {}),
        ...reasonOf(doubts(project, one)),
      });
    }
  },
});

function isResource({ of, call }: Opened, operation: Operation | undefined): boolean {
  if (of !== undefined) return !closesItself.has(of);
  return (
    operation !== undefined &&
    (opens.has(operation.method) || (operation.kind === "connect" && /(^|\.)(connect|createConnection)$/.test(call)))
  );
}

function doubts(project: Project, one: Opened): string[] {
  const reasons = [...coldReason(project, one.function)];
  // CPython closes what nobody holds any more as soon as the error has been handled.
  if (one.closed === "unless-failing" && one.function.language === "python")
    reasons.push("it is closed where nothing fails, and the interpreter closes it otherwise");
  return reasons;
}

function message({ name, call, closed }: Opened): string {
  return closed === "never"
    ? `\`${name}\` is opened by \`${call}\` and never closed in this function, nor does it leave it: each call holds one more until the garbage collector happens to come by, if it closes it at all.`
    : `\`${name}\` is closed only when nothing between \`${call}\` and the end fails: each error leaves one more open.`;
}

function advice({ function: { language }, name, of }: Opened): string {
  if (language === "python") return `Use \`with\` (\`with … as ${name}:\`), which closes it on every way out.`;
  const close =
    of?.startsWith("pg") === true || of?.startsWith("mysql") === true || of?.startsWith("typeorm") === true ? "release" : "close";
  return `Close it in a \`finally\` block (\`${name}.${close}()\`).`;
}
