import { scrypt, scryptSync, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const salt = "fixed for the test";

// clean: before the first request
const kept = new Map(["ada", "bob", "cyd"].map((name) => [name, scryptSync(`${name}'s`, salt, 32, { N: 2 ** 14 })]));

export async function isRight(name, password) {
  const hash = kept.get(name);
  // clean: in a thread of the pool
  return hash !== undefined && timingSafeEqual(hash, await derive(password, salt, 32, { N: 2 ** 14 }));
}
