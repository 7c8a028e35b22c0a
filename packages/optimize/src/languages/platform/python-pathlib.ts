import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { contentsType, fileType } from "../shapes/python-contents.ts";

const read: MethodSpec = { effect: { kind: "file-read", blocking: true }, returns: "value" };
const write: MethodSpec = { effect: { kind: "file-write", blocking: true }, returns: "value" };

export default library({
  id: "python-pathlib",
  language: "python",
  packages: ["pathlib"],
  exports: { Path: { class: "Path", statics: "PathClass" } },
  types: {
    PathClass: { members: names("cwd home", { returns: { type: "Path" } }) },
    Path: {
      members: {
        ...names("read_text read_bytes", { ...read, returns: { type: "Contents" } }),
        ...names("iterdir glob rglob stat", read),
        ...names("write_text write_bytes unlink rename replace mkdir rmdir touch", write),
        open: { effect: { kind: "file-read", blocking: true }, returns: { type: "File" } },
        ...names("joinpath with_suffix with_name resolve absolute relative_to expanduser", { returns: { type: "Path" } }),
        ...names("exists is_file is_dir", { returns: "value" }),
        parent: "Path",
      },
    },
    File: fileType,
    Contents: contentsType,
  },
});
