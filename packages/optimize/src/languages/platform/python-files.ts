/** Files: `os` and `shutil`. Paths (`pathlib`) are in a table of their own. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const read: MethodSpec = { effect: { kind: "file-read", blocking: true }, returns: "value" };
const write: MethodSpec = { effect: { kind: "file-write", blocking: true }, returns: "value" };
const { exports, types } = namespace("Os", {
  ...names("listdir scandir walk stat", read),
  ...names("remove unlink rename replace mkdir makedirs rmdir removedirs copy copy2 copyfile copytree rmtree move", write),
  system: { effect: { kind: "process", blocking: true }, returns: "value" },
});
delete exports["default"];

export default library({ id: "python-files", language: "python", packages: ["os", "shutil"], exports, types });
