import { library } from "../../model/library.ts";

/** `app.use(mount("/admin", other))`: a router of its own that holds the other under the prefix. */
export default library({
  id: "koa-mount",
  packages: ["koa-mount"],
  exports: { default: { value: "Mount" } },
  types: {
    Mount: {
      call: {
        registers: { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1, onResult: true },
        returns: { type: "Mounted" },
      },
    },
    Mounted: {},
  },
});
