import { scryptSync, timingSafeEqual } from "node:crypto";

const salt = "fixed for the test";
const hashOf = (password) => {
  // expect: sync-in-request
  return scryptSync(password, salt, 32, { N: 2 ** 14 });
};

const kept = new Map(["ada", "bob", "cyd"].map((name) => [name, scryptSync(`${name}'s`, salt, 32, { N: 2 ** 14 })]));

export function isRight(name, password) {
  const hash = kept.get(name);
  return hash !== undefined && timingSafeEqual(hash, hashOf(password));
}
