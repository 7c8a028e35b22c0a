import { library } from "../../model/library.ts";
import { mongoTypes } from "../shapes/pymongo.ts";

export default library({
  id: "pymongo",
  language: "python",
  packages: ["pymongo", "pymongo.mongo_client"],
  exports: { MongoClient: { class: "Client" } },
  types: mongoTypes(false),
});
