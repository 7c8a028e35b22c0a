/** Functions that answer repeated calls from memory. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "memoize",
  packages: [
    "memoizee",
    "memoize",
    "mem",
    "p-memoize",
    "fast-memoize",
    "memoize-one",
    "nano-memoize",
    "micro-memoize",
    "moize",
    "lodash.memoize",
    "lodash/memoize",
    "async-memoize",
  ],
  exports: { default: { value: "memoize" }, ...names("memoize pMemoize", { value: "memoize" }) },
  types: { memoize: { call: { wraps: 0, memoizes: true }, members: names("promise clear", { wraps: 0, memoizes: true }) } },
});
