/** es-toolkit: what cuts a list into pieces; its other helpers are followed as code that is not seen. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";

const { exports, types } = namespace("es-toolkit", { chunk: { returns: { chunksOf: 0 } } });

export default library({ id: "es-toolkit", packages: ["es-toolkit"], subpaths: true, exports, types });
