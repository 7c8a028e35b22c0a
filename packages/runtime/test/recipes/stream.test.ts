import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "vitest";
import { batches, jsonArray } from "../../src/stream.ts";

async function all(source: AsyncIterable<unknown>) {
  const seen = [];
  for await (const item of source) seen.push(item);
  return seen;
}

test("batches of any iterable, the last one shorter", async () => {
  async function* numbers() {
    yield* [1, 2, 3, 4, 5];
  }
  for (const source of [[1, 2, 3, 4, 5], new Set([1, 2, 3, 4, 5]), numbers(), Readable.from([1, 2, 3, 4, 5])])
    assert.deepEqual(await all(batches(source, 2)), [[1, 2], [3, 4], [5]]);
  assert.deepEqual(await all(batches([], 2)), []);
});

test("the source is read no further than is taken, and closed when the loop is left", async () => {
  let [read, closed] = [0, false];
  async function* endless() {
    try {
      for (;;) yield (read += 1);
    } finally {
      closed = true;
    }
  }
  for await (const batch of batches(endless(), 10)) {
    assert.equal(read, 10);
    assert.equal(batch.length, 10);
    break;
  }
  assert.equal(closed, true);
});

test("a signal ends it at the next item", async () => {
  const stop = new AbortController();
  async function* endless() {
    for (let n = 0; ; n += 1) yield n;
  }
  await assert.rejects(async () => {
    for await (const batch of batches(endless(), 2, stop.signal)) if (batch.includes(4)) stop.abort(new Error("enough"));
  }, /enough/);
});

test("an array of JSON is written piece by piece", async () => {
  const rows = Array.from({ length: 2000 }, (_, id) => ({ id, name: "x".repeat(50) }));
  const pieces = await all(jsonArray(rows));
  assert.ok(pieces.length > 3 && pieces.every((piece) => String(piece).length < 20_000));
  assert.deepEqual(JSON.parse(pieces.join("")), rows);
  assert.equal((await all(jsonArray([]))).join(""), "[]");
});
