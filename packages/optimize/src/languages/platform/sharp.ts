/** sharp: a picture is decoded, changed and encoded on other threads when the end of the chain is called. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const done = [0, 1].map((arg) => ({ arg, runs: "once", params: ["value", "value", "value"] }) as const);
const image: MethodSpec = { returns: { type: "Image" } };
const worked: MethodSpec = { effect: { kind: "cpu" }, callbacks: done, returns: "value", promise: true };

export default library({
  id: "sharp",
  packages: ["sharp"],
  exports: { default: { value: "sharp" } },
  types: {
    sharp: { call: image, construct: image },
    Image: {
      any: { returns: "same" },
      members: {
        ...names("toBuffer stats", worked),
        // The head of the file says it, and nothing is decoded.
        metadata: { callbacks: done, returns: "value", promise: true },
        toFile: { effect: { kind: "file-write" }, callbacks: done, returns: "value", promise: true },
        pipe: { returns: { argument: 0 } },
      },
    },
  },
});
