/** Functions of Python that need no import and touch the outside world. Those on lists are the interpreter's own. */
import { library } from "../../model/library.ts";
import { contentsType, fileType } from "../shapes/python-contents.ts";

export default library({
  id: "python-builtins",
  language: "python",
  packages: ["global", "builtins"],
  exports: { open: { value: "Open" }, print: { value: "Print" }, input: { value: "Quiet" } },
  types: {
    Open: { call: { effect: { kind: "file-read", blocking: true }, returns: { type: "File" } } },
    Print: { call: { effect: { kind: "log" }, returns: "void" } },
    Quiet: { call: { returns: "value" } },
    File: fileType,
    Contents: contentsType,
  },
});
