import assert from "node:assert/strict";
import { test } from "vitest";
import { backoff, createRetryBudget, retry, withTimeout } from "../../src/retry.ts";

const soon = { delay: 1, maxDelay: 2 };

test("a call that fails is tried again, with one idempotency key", async () => {
  const keys = new Set();
  const result = await retry(({ attempt, idempotencyKey }) => {
    keys.add(idempotencyKey);
    if (attempt < 3) throw new Error("not yet");
    return attempt;
  }, soon);
  assert.equal(result, 3);
  assert.equal(keys.size, 1);
});

test("after the last attempt the last error is thrown", async () => {
  let calls = 0;
  const fail = () => {
    calls += 1;
    throw new Error(`failure ${calls}`);
  };
  await assert.rejects(retry(fail, { attempts: 2, ...soon }), /failure 2/);
  assert.equal(calls, 2);
});

test("what is not worth it is not tried again", async () => {
  let calls = 0;
  const fail = () => {
    calls += 1;
    throw new Error("404");
  };
  await assert.rejects(retry(fail, { retryIf: () => false }), /404/);
  assert.equal(calls, 1);
});

test("an attempt that takes too long is aborted, also when it does not listen", async () => {
  const aborted = new Set();
  await assert.rejects(
    retry(
      ({ attempt, signal }) => {
        signal.addEventListener("abort", () => aborted.add(attempt));
        return new Promise(() => {});
      },
      { attempts: 2, timeout: 5, ...soon },
    ),
    { name: "TimeoutError" },
  );
  assert.deepEqual([...aborted], [1, 2]);
});

test("the caller's abort ends it at once, also while it waits", async () => {
  const stop = new AbortController();
  const fail = () => {
    throw new Error("away");
  };
  const result = retry(fail, { delay: 60_000, maxDelay: 60_000, signal: stop.signal, random: () => 1 });
  setTimeout(() => stop.abort(new Error("enough")), 5);
  await assert.rejects(result, /enough/);
});

test("waits double up to a limit and are spread over the whole of it", () => {
  assert.deepEqual(
    [1, 2, 3, 10].map((attempt) => backoff(attempt, { delay: 100, maxDelay: 1000 }, () => 1)),
    [100, 200, 400, 1000],
  );
  assert.equal(
    backoff(3, { delay: 100 }, () => 0),
    0,
  );
});

test("the wait that the other side asked for is kept", async () => {
  const waits = new Set();
  const fail = () => {
    throw new Error("429");
  };
  await assert.rejects(retry(fail, { attempts: 2, retryAfter: () => 3, onRetry: (_, { wait }) => waits.add(wait) }));
  assert.deepEqual([...waits], [3]);
});

test("a budget lets few retries through when everything fails", async () => {
  const budget = createRetryBudget(0.1, 5);
  let calls = 0;
  const fail = () => {
    calls += 1;
    throw new Error("down");
  };
  for (let call = 0; call < 100; call += 1) await assert.rejects(retry(fail, { attempts: 3, budget, delay: 0 }));
  assert.ok(calls <= 100 + 5 + 10, `${calls} calls for 100 tasks`);
});

test("a timeout leaves no timer behind when the call ends or throws", async () => {
  assert.equal(await withTimeout(() => 1, 60_000), 1);
  await assert.rejects(
    withTimeout(() => {
      throw new Error("at once");
    }, 60_000),
    /at once/,
  );
});

test("what is longer than a timer can hold does not end at once", async () => {
  const answer = () => new Promise((resolve) => setTimeout(() => resolve("answer"), 20));
  assert.equal(await withTimeout(answer, Infinity), "answer");
  assert.equal(await retry(answer, { attempts: 1, timeout: 2 ** 40 }), "answer");
});
