/** Django's cache: what it is given to compute runs only for what it does not hold. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "django-cache",
  language: "python",
  packages: ["django.core.cache"],
  exports: { cache: { value: "Store" }, caches: { value: "Stores" } },
  types: {
    Store: {
      members: {
        get_or_set: { callbacks: [{ arg: 1, runs: "cached" }], caches: true, returns: "callback" },
        ...names("get set add delete touch incr decr get_many set_many delete_many has_key clear", { returns: "value" }),
      },
    },
    Stores: { any: "Store" },
  },
});
