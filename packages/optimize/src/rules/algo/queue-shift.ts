import type { FrontMove } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { isLongList, localDoubts, loopPlace, quoted } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/queue-shift",
  title: "a list used as a queue, whose elements all move up in each round",
  needs: ["facts"],
  provedBy: "time growing fourfold when the queue doubles, from some thousand elements on",
  tier: "likely",
  check(project, report) {
    for (const move of project.locals.fronts) {
      if (!isLongList(move.list) || move.loop.fixed || (move.loop.max ?? Infinity) <= 100) continue;
      report({
        place: move.place,
        function: move.function,
        message: `\`${move.method}\` moves every element of ${quoted(move.list.words)} by one place in each round of the loop: working off n of them moves about n²/2.`,
        advice: advice(move),
        effort: "S",
        path: [],
        // A few thousand elements move faster than most rounds take.
        atMost: "medium",
        related: loopPlace(move.loop),
        ...reasonOf(localDoubts(project, move.function, move.list, move.loop)),
      });
    }
  },
});

function advice({ function: { language }, method, list }: FrontMove): string {
  const name = quoted(list.words);
  if (language === "python")
    return method === "insert"
      ? `Use \`collections.deque\` and \`appendleft\`, or append and reverse ${name} once.`
      : "Use `collections.deque` and `popleft`.";
  if (method === "unshift") return `Use \`push\` and reverse ${name} once after the loop.`;
  return `Go through ${name} with an index (\`for (let i = 0; i < list.length; i++)\` also sees what is pushed meanwhile), or work off its end with \`pop\`.`;
}
