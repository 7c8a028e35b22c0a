/** Flask-RESTful and its successors: resources are classes with a method for each verb. */
import { library } from "../../model/library.ts";
import { viewMethods } from "./flask.ts";

export default library({
  id: "flask-restful",
  language: "python",
  packages: ["flask_restful", "flask_restx", "flask_restplus"],
  exports: { Resource: { class: "Resource" } },
  types: { Resource: { entries: viewMethods } },
});
