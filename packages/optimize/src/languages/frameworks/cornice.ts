/** Cornice, on Pyramid: services whose methods are decorators. */
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const verbs = ["get", "post", "put", "patch", "delete"];

export default library({
  id: "cornice",
  language: "python",
  packages: ["cornice", "cornice.service"],
  exports: { Service: { class: "Service" } },
  types: {
    Service: {
      construct: { registers: { kind: "base", path: named("path", 1) } },
      members: Object.fromEntries(verbs.map((verb) => [verb, decorated({ kind: "route", method: verb.toUpperCase() })])),
    },
  },
});
