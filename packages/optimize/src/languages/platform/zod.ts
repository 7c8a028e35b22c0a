/** Zod: how long lists are that it lets through. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const other: MethodSpec = { checks: "same" };

const { exports, types } = namespace("z", {
  ...names("array set", { checks: "list" } satisfies MethodSpec),
  ...names("object strictObject looseObject", { checks: "fields" } satisfies MethodSpec),
});

export default library({
  id: "zod",
  packages: ["zod", "zod/v3", "zod/v4"],
  exports: { ...exports, z: { value: "z" } },
  types: {
    ...types,
    z: { ...types["z"], any: other },
    Schema: {
      members: {
        ...names("max length", { checks: "most" } satisfies MethodSpec),
        transform: { checks: "changes" },
        parse: { checks: "gives" },
        parseAsync: { checks: "promises" },
        safeParse: { checks: "answers" },
        array: { checks: "list" },
        ...names("extend merge pick omit partial deepPartial and or pipe catchall", { returns: "value" } satisfies MethodSpec),
      },
      any: other,
    },
  },
});
