import { library } from "../../model/library.ts";
import { mongoTypes } from "../shapes/pymongo.ts";

export default library({
  id: "motor",
  language: "python",
  packages: ["motor.motor_asyncio"],
  exports: {
    AsyncIOMotorClient: { class: "Client" },
    AsyncIOMotorDatabase: { type: "Database" },
    AsyncIOMotorCollection: { type: "Collection" },
  },
  types: mongoTypes(true),
});
