/** Open files of Python, and what is read of them. */
import type { TypeSpec } from "../../model/library.ts";
import { names } from "./places.ts";

/** Going over a file gives its lines. */
export const fileType: TypeSpec = {
  contents: true,
  members: {
    ...names("read readline readlines", { returns: { type: "Contents" } }),
    ...names("write writelines flush seek tell close", { returns: "value" }),
  },
};

/** Texts, lists and dictionaries: parts of them and what their methods give are of the file too. */
export const contentsType: TypeSpec = { contents: true, any: "Contents", call: { returns: { type: "Contents" } } };
