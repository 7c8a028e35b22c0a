/** DataLoader: keys that are asked for in one tick go to the batch function together. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const batch = { arg: 0, made: true } as const;

export default library({
  id: "dataloader",
  packages: ["dataloader"],
  exports: { default: { class: "Loader" }, DataLoader: { class: "Loader" } },
  types: {
    Loader: {
      construct: { callbacks: [{ arg: 0, runs: "later" }] },
      members: {
        load: { returns: "value", promise: true, gathers: batch },
        loadMany: { returns: "value", promise: true, gathers: batch },
        ...names("prime clear clearAll", { returns: "same" }),
      },
    },
  },
});
