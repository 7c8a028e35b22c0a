/** DataLoader: keys that are asked for in one tick go to the batch function together. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "dataloader",
  packages: ["dataloader"],
  exports: { default: { class: "Loader" }, DataLoader: { class: "Loader" } },
  types: {
    Loader: {
      construct: { callbacks: [{ arg: 0, runs: "batches", params: ["chunk"] }] },
      members: {
        load: { returns: "value", promise: true, memoizes: true },
        loadMany: { returns: "value", promise: true, memoizes: true },
        ...names("prime clear clearAll", { returns: "same" }),
      },
    },
  },
});
