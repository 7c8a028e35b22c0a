import type { Ambiguity, Matching } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHot } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/redos",
  title: "a regular expression that a short text keeps busy for long",
  needs: ["facts"],
  provedBy: "the time of the expression on the text of the finding, and on one twice as long",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.matchings) {
      if (one.ambiguity === undefined) continue;
      report({
        place: one.place,
        function: one.function,
        message: message(one, one.ambiguity),
        advice: advice(one.ambiguity),
        effort: "S",
        path: [],
        // An address or a header is no longer than servers let it be: measured, the square of 8,000 characters is a fifth of a second.
        ...(one.ambiguity.growth === 2 ? { atMost: one.head ? ("low" as const) : ("medium" as const) } : {}),
        ...reasonOf(doubts(project, one)),
      });
    }
  },
});

function doubts(project: Project, { function: fn }: Matching): string[] {
  return isHot(project, fn) || project.entries.length === 0 ? [] : ["no entry point was found that reaches it"];
}

function message({ pattern, words }: Matching, { growth, attack }: Ambiguity): string {
  const how =
    growth === "exponential"
      ? "doubles with each further character"
      : `grows with ${powers[growth] ?? `the ${String(growth)}th power`} of the length`;
  const text = words === "" || words.length > 60 ? "the text" : `\`${words}\``;
  return `The time that \`/${shortened(pattern)}/\` takes ${how}, and others decide what ${text} says: \`${shortened(attack)}\` is such a text, and nothing else runs meanwhile.`;
}

const powers: Readonly<Record<number, string>> = { 2: "the square", 3: "the cube" };

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function advice({ growth }: Ambiguity): string {
  const limit = "refuse texts that are longer than they have to be before they are matched";
  return growth === "exponential"
    ? `Write it so that one text can be matched in one way only (no repetition inside of a repetition of the same characters), and ${limit}.`
    : `Anchor it, or let its parts exclude each other (\`[^;]*\` for \`.*\`), so that a start that fails is not tried again from each place; and ${limit}.`;
}
