/** node:child_process and execa: other processes, which the Sync forms wait for. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const done: readonly CallbackSpec[] = [1, 2, 3].map((arg): CallbackSpec => ({ arg, runs: "once" }));
const blocking: MethodSpec = { effect: { kind: "process", blocking: true }, returns: "value" };
const start: MethodSpec = { effect: { kind: "process" }, callbacks: done, returns: { type: "Child" } };
const run: MethodSpec = { effect: { kind: "process" }, returns: "value", promise: true };

const { exports, types } = namespace("childProcess", {
  ...names("execSync execFileSync spawnSync", blocking),
  ...names("exec execFile spawn fork", start),
  ...names("execa execaCommand execaNode", run),
  ...names("execaSync execaCommandSync", blocking),
});

export default library({
  id: "node-child-process",
  packages: ["node:child_process", "execa"],
  exports,
  types: {
    ...types,
    childProcess: { ...types["childProcess"], call: run },
    Child: { members: names<MethodSpec>("on once", { callbacks: [{ arg: 1, runs: "later" }], returns: "same" }) },
  },
});
