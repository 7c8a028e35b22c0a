/** `cache` of React: calls with the same arguments within one request are answered once. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";

const { exports, types } = namespace("react", { cache: { wraps: 0, memoizes: "request" } });

export default library({ id: "react-cache", packages: ["react"], exports, types });
