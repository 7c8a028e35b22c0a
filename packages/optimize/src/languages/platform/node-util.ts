/** node:util: promisify and its kind give a function that behaves like their argument. */
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const { exports, types } = namespace("util", { ...names("promisify callbackify deprecate", { wraps: 0 }) });

export default library({
  id: "node-util",
  packages: ["node:util", "util.promisify", "pify", "es6-promisify"],
  exports: { ...exports, default: { value: "util" } },
  types: { ...types, util: { ...types["util"], call: { wraps: 0 } } },
});
