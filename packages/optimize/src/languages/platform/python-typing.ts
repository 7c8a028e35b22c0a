import { library } from "../../model/library.ts";

/** What is said of a value's type changes nothing of the value. */
export default library({
  id: "python-typing",
  language: "python",
  packages: ["typing", "typing_extensions"],
  exports: { cast: { value: "Cast" } },
  types: { Cast: { call: { returns: { argument: 1 } } } },
});
