/** requests: it has no time-out unless one is given. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";
import { httpMembers, responseMembers } from "../shapes/python-http.ts";

const members = httpMembers({ promise: false, returns: { type: "Response" }, timed: false, position: 8 });
const { exports, types } = namespace("Requests", members);
delete exports["default"];

export default library({
  id: "requests",
  language: "python",
  packages: ["requests", "requests.api", "requests.sessions"],
  exports: { ...exports, Session: { class: "Session" }, session: { value: "MakeSession" } },
  types: {
    ...types,
    Session: { members: { ...members, ...names("mount close", { returns: "void" }) } },
    MakeSession: { call: { returns: { type: "Session" } } },
    Response: { members: { ...responseMembers, ...names("iter_content iter_lines", { returns: "value" }) } },
  },
});
