/** Quart: Flask's interface on one event loop. */
import { library } from "../../model/library.ts";
import { flaskTables } from "./flask.ts";

export default library({ ...flaskTables, id: "quart", packages: ["quart"] });
