import type { Unwaited } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/foreach-async",
  title: "an asynchronous function that the method of a list does not wait for",
  needs: ["facts"],
  provedBy: "the function going on before the work is done, or an unhandled rejection that names this place",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.unwaited) {
      const loses = one.method === "forEach";
      // A module that is loaded has nobody who waits for it.
      if ((loses && !one.awaits) || one.function.module) continue;
      report({
        place: one.place,
        function: one.function,
        message: loses
          ? `\`forEach\` does not wait for the function that it calls: all elements of ${listOf(one)} are worked on at once, what follows runs before they are done, and nobody hears when one of them fails.`
          : `\`${one.method}\` is answered with a promise, which is always true: ${listOf(one)} is gone through, and the function runs for every element, for an answer that says nothing.`,
        advice: loses
          ? "Await each in a `for … of` loop, or start them with `map` and await `Promise.all`, a few at a time when there can be many."
          : `Await the answers first (\`await Promise.all(list.map(…))\`), then \`${one.method}\` by them.`,
        effort: "S",
        path: [],
        atMost: "medium",
        ...reasonOf(doubts(project, one)),
      });
    }
  },
});

function doubts(project: Project, one: Unwaited): string[] {
  return [...coldReason(project, one.function), ...(one.proven ? [] : [`${listOf(one)} is not proven to be a list`])];
}

function listOf({ words }: Unwaited): string {
  return words === "" || words.length > 60 ? "the list" : `\`${words}\``;
}
