/** Formats that are read from open files: what they give is what the file holds. */
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const read: MethodSpec = { returns: { argument: 0 } };
const reads: TypeSpec = { call: read };

export default library({
  id: "python-readers",
  language: "python",
  packages: ["json", "yaml", "tomllib", "tomli", "toml", "csv", "simplejson"],
  exports: {
    ...names("load loads safe_load reader DictReader", { value: "Read" }),
    ...names("dump dumps safe_dump writer DictWriter", { value: "Write" }),
  },
  types: { Read: reads, Write: { call: { returns: "value" } } },
});
