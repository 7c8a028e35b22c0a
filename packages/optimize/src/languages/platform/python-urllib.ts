/** urllib.request of the standard library. */
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";

const urlopen = {
  effect: {
    kind: "http-read",
    blocking: true,
    url: named("url", 0),
    ownMethod: { of: named("url", 0), name: "get_method" },
    timeout: [named("timeout", 2)],
  },
  returns: { type: "Response" },
} as const;

export default library({
  id: "python-urllib",
  language: "python",
  packages: ["urllib.request"],
  exports: { urlopen: { value: "Urlopen" } },
  types: { Urlopen: { call: urlopen }, Response: { members: { read: { returns: "value" }, close: { returns: "void" } } } },
});
