/** Password hashes: slow by design. bcrypt and argon2 work on other threads, except in their Sync forms. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const done: readonly CallbackSpec[] = [1, 2, 3].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "value"] }));
const blocking: MethodSpec = { effect: { kind: "cpu", blocking: true }, returns: "value" };
const pooled: MethodSpec = { effect: { kind: "cpu" }, callbacks: done, returns: "value", promise: true };

const { exports, types } = namespace("bcrypt", {
  ...names("hashSync compareSync verifySync", blocking),
  ...names("hash compare verify", pooled),
  ...names("genSaltSync getRounds needsRehash", { returns: "value" }),
  genSalt: { callbacks: done, returns: "value", promise: true },
});

export default library({
  id: "bcrypt",
  packages: ["bcrypt", "bcryptjs", "@node-rs/bcrypt", "argon2", "@node-rs/argon2", "bcrypt-nodejs"],
  exports,
  types,
});
