import type { Copying } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, isLongLoop, localDoubts, loopPlace } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/quadratic-concat-python",
  title: "a list or text put together by copying it in every round",
  needs: ["facts"],
  provedBy: "time growing fourfold when what is put together doubles",
  tier: "likely",
  check(project, report) {
    for (const copying of project.locals.copies) {
      if (copying.function.language !== "python" || copying.loop === undefined || !isLongLoop(copying.loop)) continue;
      report({
        place: copying.place,
        function: copying.function,
        message: message(copying),
        advice: advice(copying),
        effort: "S",
        path: [],
        related: copying.form === "sum" ? [] : loopPlace(copying.loop),
        ...reasonOf(localDoubts(project, copying.function, undefined, copying.loop)),
      });
    }
  },
});

function message({ form, what, name, loop }: Copying): string {
  if (form === "sum")
    return "`sum` of lists copies everything before it for each list that it adds: with n elements about n²/2 are copied.";
  const each = loop === undefined ? "each round" : eachOf(loop);
  if (what === "text") return `\`${name}\` is kept where others can see it, so that \`+=\` copies all of it for ${each}.`;
  return `\`${name}\` is copied whole for ${each}: \`${name} + …\` makes a new list.`;
}

function advice({ form, what, name }: Copying): string {
  if (form === "sum") return "Use `itertools.chain.from_iterable(lists)`, or a comprehension with two loops.";
  if (what === "text") return "Collect the parts in a local list and `join` them once after the loop.";
  return `Add in place: \`${name}.append(…)\` or \`${name}.extend(…)\`.`;
}
