/** DataLoader of Python: keys that are asked for in one turn of the event loop go to the batch function together. */
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

const batch = { ...named("load_fn", 0), made: true, or: { ...named("batch_load_fn", 0), made: true } } as const;

export default library({
  id: "python-dataloader",
  language: "python",
  packages: ["strawberry.dataloader", "aiodataloader"],
  exports: { DataLoader: { class: "Loader" } },
  types: {
    Loader: {
      members: {
        ...names("load load_many", { returns: "value", promise: true, gathers: batch }),
        ...names("prime prime_many clear clear_many clear_all", { returns: "same" }),
      },
    },
  },
});
