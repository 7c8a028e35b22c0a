/** Pydantic: classes whose fields say what is read of what they are made from. */
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

export default library({
  id: "pydantic",
  language: "python",
  packages: ["pydantic", "pydantic.main", "pydantic.v1", "pydantic_settings"],
  exports: {
    ...names("BaseModel RootModel GenericModel", { class: "Schema", statics: "SchemaClass" }),
    BaseSettings: { class: "Settings" },
  },
  types: {
    Schema: {
      shows: true,
      members: names("dict json model_dump model_dump_json copy model_copy", { returns: "value" }),
    },
    SchemaClass: {
      members: names("model_validate from_orm parse_obj validate", { shows: named("obj", 0), returns: { instanceOf: "receiver" } }),
    },
    Settings: { settles: "settings" },
  },
});
