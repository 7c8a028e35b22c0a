/** Tornado: handlers are classes with a method for each verb. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { viewMethods } from "./flask.ts";

export default library({
  id: "tornado",
  language: "python",
  packages: ["tornado.web", "tornado.websocket", "tornado"],
  exports: {
    RequestHandler: { class: "Handler" },
    WebSocketHandler: { class: "Socket" },
    // `from tornado import web`
    "web.RequestHandler": { class: "Handler" },
    "websocket.WebSocketHandler": { class: "Socket" },
  },
  types: {
    Handler: { entries: { ...viewMethods, head: { kind: "route", method: "HEAD" } } },
    Socket: { entries: names("open on_message on_close", { kind: "socket" }) },
  },
});
