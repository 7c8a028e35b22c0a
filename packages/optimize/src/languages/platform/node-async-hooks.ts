/** AsyncLocalStorage: a callback with a store around it. */
import { library } from "../../model/library.ts";

export default library({
  id: "node-async-hooks",
  packages: ["node:async_hooks", "nestjs-cls"],
  exports: {
    default: { value: "Module" },
    AsyncLocalStorage: { class: "Storage", statics: "StorageClass" },
    AsyncResource: { class: "Resource", statics: "StorageClass" },
    ClsService: { class: "Storage" },
  },
  types: {
    Module: {},
    StorageClass: { members: { bind: { wraps: 0 } } },
    Storage: {
      members: {
        run: {
          callbacks: [
            { arg: 0, runs: "once" },
            { arg: 1, runs: "once" },
          ],
          returns: "callback",
        },
        exit: { callbacks: [{ arg: 0, runs: "once" }], returns: "callback" },
        runWith: { callbacks: [{ arg: 1, runs: "once" }], returns: "callback" },
        getStore: { returns: "value" },
        enterWith: { returns: "void" },
      },
    },
    Resource: { members: { runInAsyncScope: { callbacks: [{ arg: 0, runs: "once" }], returns: "callback" }, bind: { wraps: 0 } } },
  },
});
