import { rule } from "../../model/rule.ts";
import { wayFromEntry } from "../gates/hot.ts";
import { wholeFiles } from "../gates/whole-file.ts";

export default rule({
  id: "io/response-not-streamed",
  title: "a file that is read whole to be sent",
  needs: ["facts"],
  provedBy: "memory that grows with the size of the file and the number of downloads, and a first byte that waits for the last one",
  recipe: { javascript: "stream", python: "stream" },
  // Of two findings that were read one was true: how large files are that are read so is not known.
  tier: "candidate",
  check(project, report) {
    for (const hot of wholeFiles(project, "sent")) {
      const { operation, entry, path } = hot;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        reason: "how large the file may be is not known",
        message: `${entry.name} reads a file of its caller's choice whole before it sends the first byte: each download holds all of it in memory, and a few large ones at a time end the process.`,
        advice:
          operation.place.function.language === "python"
            ? "Hand the path to what sends files in pieces (`FileResponse`, `send_file`)."
            : "Let the framework send the file (`res.sendFile`), or pass a stream on (`pipeline(createReadStream(path), res)`).",
        effort: path.length === 0 ? "S" : "M",
        path: [],
        operation,
        related: wayFromEntry(hot),
        atMost: "medium",
      });
    }
  },
});
