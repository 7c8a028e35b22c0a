import { rule } from "../../model/rule.ts";
import { wayFromEntry } from "../gates/hot.ts";
import { wholeFiles } from "../gates/whole-file.ts";

export default rule({
  id: "mem/read-whole-file",
  title: "a file that is read whole to go through its lines",
  needs: ["facts"],
  provedBy: "the memory of the process growing with the size of the file while it is read",
  recipe: { javascript: "stream", python: "stream" },
  // The one finding that was read was false: how large files are that are read so is not known.
  tier: "candidate",
  check(project, report) {
    for (const hot of wholeFiles(project, "lines")) {
      const { operation, entry, path } = hot;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        reason: "how large the file may be is not known",
        message: `${entry.name} reads a file of its caller's choice whole, and once more as a list of its lines, to look at one line after the other: a file of 500 MB takes more than twice that from the memory of the process.`,
        advice:
          operation.place.function.language === "python"
            ? "Go through the file itself (`for line in file`), which reads a piece at a time."
            : "Go through `readline.createInterface({ input: createReadStream(path) })` with `for await`, which reads a piece at a time.",
        effort: path.length === 0 ? "S" : "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
        atMost: "medium",
      });
    }
  },
});
