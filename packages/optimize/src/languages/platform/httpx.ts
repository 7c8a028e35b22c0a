/** httpx: calls end after five seconds unless something else is said. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";
import { httpMembers, responseMembers } from "../shapes/python-http.ts";

const members = httpMembers({ promise: false, returns: { type: "Response" }, timed: true });
const waiting = httpMembers({ promise: true, returns: { type: "Response" }, timed: true });
const { exports, types } = namespace("Httpx", members);
delete exports["default"];

export default library({
  id: "httpx",
  language: "python",
  packages: ["httpx"],
  exports: { ...exports, Client: { class: "Client" }, AsyncClient: { class: "AsyncClient" } },
  types: {
    ...types,
    Client: { members: { ...members, close: { returns: "void" } } },
    AsyncClient: { members: { ...waiting, aclose: { returns: "void", promise: true } } },
    Response: { members: { ...responseMembers, ...names("iter_bytes aiter_bytes iter_lines aiter_lines", { returns: "value" }) } },
  },
});
