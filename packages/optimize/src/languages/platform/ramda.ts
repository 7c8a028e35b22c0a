/** Ramda: functions put one after the other. What goes through lists is not followed: it takes them last, or later. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const { exports, types } = namespace("ramda", {
  pipe: { chains: "pipe" },
  compose: { chains: "compose" },
  ...names("once curry", { wraps: 0 }),
});

export default library({ id: "ramda", packages: ["ramda"], subpaths: true, exports, types });
