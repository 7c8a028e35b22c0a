/** aiohttp's client: a session's calls end after five minutes unless something else is said. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { httpMembers } from "../shapes/python-http.ts";

export default library({
  id: "aiohttp",
  language: "python",
  packages: ["aiohttp", "aiohttp.client"],
  exports: { ClientSession: { class: "ClientSession" }, ClientResponse: { type: "ClientResponse" } },
  types: {
    ClientSession: {
      members: {
        // `async with session.get(url)` waits as `await` does.
        ...httpMembers({ promise: true, returns: { type: "ClientResponse" }, timed: true }),
        close: { returns: "void", promise: true },
      },
    },
    ClientResponse: {
      members: {
        ...names("json text read", { returns: "value", promise: true }),
        ...names("raise_for_status release", { returns: "void" }),
      },
    },
  },
});
