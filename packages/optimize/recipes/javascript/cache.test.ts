import assert from "node:assert/strict";
import { test } from "vitest";
import { createCache } from "./cache.ts";

const later = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

test("200 concurrent misses of a key load it once", async () => {
  const cache = createCache({ ttl: 60_000 });
  let loads = 0;
  const load = async () => {
    await later(20);
    return (loads += 1);
  };
  const values = await Promise.all(Array.from({ length: 200 }, () => cache.getOrSet("a", load)));
  assert.equal(loads, 1);
  assert.ok(values.every((value) => value === 1));
});

test("an error reaches the caller, and is not kept", async () => {
  const cache = createCache({ ttl: 60_000 });
  let loads = 0;
  const fail = async () => {
    loads += 1;
    await later();
    throw new Error("the database is away");
  };
  await assert.rejects(cache.getOrSet("a", fail), /the database is away/);
  assert.equal(loads, 1);
  assert.equal(await cache.getOrSet("a", () => 2), 2);
});

test("undefined is an answer, and is kept", async () => {
  const cache = createCache({ ttl: 60_000 });
  let loads = 0;
  const nothing = async () => {
    loads += 1;
    return undefined;
  };
  for (let time = 0; time < 3; time += 1) assert.equal(await cache.getOrSet("a", nothing), undefined);
  assert.equal(loads, 1);
});

test("what was deleted is loaded again", async () => {
  const cache = createCache({ ttl: 60_000 });
  let loads = 0;
  const load = () => (loads += 1);
  await cache.getOrSet("a", load);
  await cache.getOrSet("b", load);
  await cache.delete("a");
  assert.equal(await cache.getOrSet("a", load), 3);
  assert.equal(await cache.getOrSet("b", load), 2);
  await cache.clear();
  assert.equal(await cache.getOrSet("b", load), 4);
});
