import type { Copying } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, isLongLoop, localDoubts, loopPlace } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/accumulating-spread",
  title: "what was gathered so far copied in every round",
  needs: ["facts"],
  provedBy: "allocated bytes and time growing fourfold when the list doubles",
  tier: "likely",
  check(project, report) {
    for (const copying of project.locals.copies) {
      if (copying.function.language === "python" || copying.what === "text" || copying.loop === undefined || !isLongLoop(copying.loop))
        continue;
      report({
        place: copying.place,
        function: copying.function,
        message: `${words(copying)} copies all of \`${copying.name}\` for ${eachOf(copying.loop)}: with n of them about n²/2 elements are copied.`,
        advice:
          copying.what === "list"
            ? `Add to \`${copying.name}\` in place (\`push\`), or let \`flatMap\` do it.`
            : `Write the entry into \`${copying.name}\` itself, or make all entries first and use \`Object.fromEntries\`.`,
        effort: "S",
        path: [],
        related: loopPlace(copying.loop),
        ...reasonOf(localDoubts(project, copying.function, undefined, copying.loop)),
      });
    }
  },
});

function words({ form }: Copying): string {
  if (form === "concat") return "`concat`";
  return form === "assign" ? "`Object.assign`" : "The spread";
}
