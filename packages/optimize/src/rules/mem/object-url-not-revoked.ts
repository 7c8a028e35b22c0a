import { rule } from "../../model/rule.ts";

export default rule({
  id: "mem/object-url-not-revoked",
  title: "an object URL that is made again and again and never taken back",
  needs: ["facts"],
  provedBy: "the blobs that the page holds (`chrome://blob-internals`) growing with each use",
  tier: "likely",
  check(project, report) {
    for (const { place, function: fn, words } of project.locals.objectUrls)
      report({
        place,
        function: fn,
        tier: "likely",
        message: `The URL made of ${words === "" ? "the blob" : `\`${words}\``} is never taken back: the page holds all of its bytes until it is left, and each call adds another one.`,
        advice: "Call `URL.revokeObjectURL(url)` when it has been used: after the click, in `onload`, or in the clean-up of the effect.",
        effort: "S",
        path: [],
        again: true,
        atMost: "medium",
      });
  },
});
