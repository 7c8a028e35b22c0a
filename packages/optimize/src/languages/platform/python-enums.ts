/** Enumerations: a class that lists what it declares. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "python-enums",
  language: "python",
  packages: ["enum"],
  exports: names("Enum IntEnum StrEnum Flag IntFlag", { class: "Enumeration" }),
  types: { Enumeration: { enumerates: true } },
});
