import assert from "node:assert/strict";
import { test } from "vitest";
import { createWeakCache } from "../../src/weak-cache.ts";

test("the same object is given for as long as somebody holds it", () => {
  const cache = createWeakCache();
  const document = { id: 1 };
  cache.set("a", document);
  assert.equal(cache.get("a"), document);
  assert.equal(cache.has("a"), true);
  assert.equal(cache.get("b"), undefined);
  assert.equal(cache.delete("a"), true);
  assert.equal(cache.get("a"), undefined);
});

test("a newer value stands under the key", () => {
  const cache = createWeakCache();
  const [older, newer] = [{ id: 1 }, { id: 2 }];
  cache.set("a", older);
  cache.set("a", newer);
  assert.equal(cache.get("a"), newer);
  assert.equal(cache.size, 1);
});
