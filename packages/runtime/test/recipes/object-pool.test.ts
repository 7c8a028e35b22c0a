import assert from "node:assert/strict";
import { test } from "vitest";
import { createObjectPool } from "../../src/object-pool.ts";

test("one that was given back is used again, in order", () => {
  let made = 0;
  const pool = createObjectPool({ create: () => ({ id: (made += 1), used: true }), reset: (object) => (object.used = false) });
  const first = pool.acquire();
  assert.notEqual(pool.acquire(), first);
  pool.release(first);
  assert.equal(pool.acquire(), first);
  assert.equal(first.used, false);
});

test("giving one back twice is an error, and it is not handed out twice", () => {
  const pool = createObjectPool({ create: () => ({}) });
  const one = pool.acquire();
  pool.release(one);
  assert.throws(() => pool.release(one), /given back/);
  assert.notEqual(pool.acquire(), pool.acquire());
});

test("no more are kept than max", () => {
  const pool = createObjectPool({ create: () => ({}), max: 2 });
  const taken = [pool.acquire(), pool.acquire(), pool.acquire()];
  for (const one of taken) pool.release(one);
  assert.equal(pool.idle, 2);
});

test("one that cannot be reset, or is no longer valid, is not kept", () => {
  let [valid, good] = [true, false];
  const pool = createObjectPool({
    create: () => ({}),
    validate: () => valid,
    reset: () => {
      if (!good) throw new Error("broken");
    },
  });
  const one = pool.acquire();
  assert.throws(() => pool.release(one), /broken/);
  assert.equal(pool.idle, 0);
  good = true;
  pool.release(one);
  valid = false;
  assert.notEqual(pool.acquire(), one);
});

test("use gives it back whatever happens", async () => {
  const pool = createObjectPool({ create: () => ({}) });
  await assert.rejects(
    pool.use(() => Promise.reject(new Error("failed"))),
    /failed/,
  );
  assert.equal(pool.idle, 1);
});
