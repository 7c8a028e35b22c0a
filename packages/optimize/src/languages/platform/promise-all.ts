/** Promise helpers that take a list of functions. */
import { library } from "../../model/library.ts";

export default library({
  id: "promise-all",
  packages: ["p-all"],
  exports: { default: { value: "all" } },
  types: {
    all: {
      call: {
        callbacks: [{ arg: 0, runs: "once" }],
        concurrency: { arg: 1, property: "concurrency" },
        returns: "list-of-callback",
        promise: true,
      },
    },
  },
});
