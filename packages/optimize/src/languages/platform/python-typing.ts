import { library } from "../../model/library.ts";

/** What is said of a value's type changes nothing of the value, and a copy holds what it was made of. */
export default library({
  id: "python-typing",
  language: "python",
  packages: ["typing", "typing_extensions", "copy"],
  exports: { cast: { value: "Cast" }, copy: { value: "Copy" }, deepcopy: { value: "Copy" } },
  types: { Cast: { call: { returns: { argument: 1 } } }, Copy: { call: { returns: { argument: 0 } } } },
});
