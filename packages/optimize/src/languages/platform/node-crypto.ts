/** node:crypto: key derivation and key generation take tens of milliseconds by design; their Sync forms block the thread for it. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const done: readonly CallbackSpec[] = [1, 2, 3, 4, 5].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "value"] }));
const blocking: MethodSpec = { effect: { kind: "cpu", blocking: true }, returns: "value" };
const pooled: MethodSpec = { effect: { kind: "cpu" }, callbacks: done, returns: "value" };

const { exports, types } = namespace("crypto", {
  ...names("pbkdf2Sync scryptSync generateKeyPairSync generatePrimeSync checkPrimeSync argon2Sync", blocking),
  ...names("pbkdf2 scrypt generateKeyPair generatePrime checkPrime argon2", pooled),
});

export default library({ id: "node-crypto", packages: ["node:crypto"], exports, types });
