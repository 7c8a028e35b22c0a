/** async (caolan): list functions, queues and chains of callbacks. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

function once(...args: readonly number[]): readonly CallbackSpec[] {
  return args.map((arg): CallbackSpec => ({ arg, runs: "once" }));
}

/** `each(list, worker, done)`; with a limit the number stands before the worker. */
function over(concurrency: "all" | "one"): MethodSpec {
  return {
    callbacks: [{ arg: 1, runs: "each", over: 0, params: ["element"] }, ...once(2)],
    concurrency,
    returns: "list-of-callback",
    promise: true,
  };
}
const limited: MethodSpec = {
  callbacks: [{ arg: 2, runs: "each", over: 0, params: ["element"] }, ...once(3)],
  concurrency: { arg: 1 },
  returns: "list-of-callback",
  promise: true,
};

const listNames = "each forEach map filter select reject some any every all detect find concat groupBy mapValues sortBy flatMap".split(" ");
const withSuffix = (suffix: string): string => listNames.map((name) => name + suffix).join(" ");

/** A list or object of functions, each run once. */
function tasks(concurrency: MethodSpec["concurrency"] & string): MethodSpec {
  return { callbacks: once(0, 1), concurrency, returns: "list-of-callback", promise: true };
}

const reduce: MethodSpec = {
  callbacks: [{ arg: 2, runs: "each", over: 0, params: ["value", "element"] }, ...once(3)],
  concurrency: "one",
  returns: "value",
  promise: true,
};

const queue: MethodSpec = { callbacks: [{ arg: 0, runs: "later" }], concurrency: { arg: 1 }, returns: { type: "Queue" } };

const { exports, types } = namespace("async", {
  ...names(withSuffix(""), over("all")),
  ...names(withSuffix("Series"), over("one")),
  ...names(withSuffix("Limit"), limited),
  ...names("eachOf forEachOf", {
    ...over("all"),
    callbacks: [{ arg: 1, runs: "each", over: 0, params: ["element", "index"] }, ...once(2)],
  }),
  ...names("eachOfSeries forEachOfSeries", {
    ...over("one"),
    callbacks: [{ arg: 1, runs: "each", over: 0, params: ["element", "index"] }, ...once(2)],
  }),
  ...names("eachOfLimit forEachOfLimit", limited),
  ...names("reduce inject foldl reduceRight foldr", reduce),
  ...names("parallel race", tasks("all")),
  parallelLimit: { callbacks: once(0, 2), concurrency: { arg: 1 }, returns: "list-of-callback", promise: true },
  ...names("series waterfall auto tryEach", tasks("one")),
  ...names("times", {
    callbacks: [{ arg: 1, runs: "each", over: 0, params: ["index"] }, ...once(2)],
    concurrency: "all",
    returns: "list-of-callback",
    promise: true,
  }),
  timesSeries: {
    callbacks: [{ arg: 1, runs: "each", over: 0, params: ["index"] }, ...once(2)],
    concurrency: "one",
    returns: "list-of-callback",
    promise: true,
  },
  timesLimit: {
    callbacks: [{ arg: 2, runs: "each", over: 0, params: ["index"] }, ...once(3)],
    concurrency: { arg: 1 },
    returns: "list-of-callback",
    promise: true,
  },
  ...names("queue priorityQueue", queue),
  cargo: { ...queue, callbacks: [{ arg: 0, runs: "later", params: ["chunk"] }] },
  retry: { callbacks: once(0, 1, 2), returns: "callback", promise: true },
  ...names("whilst until doWhilst doUntil forever", {
    callbacks: [{ arg: 0, runs: "each", over: -1 }, { arg: 1, runs: "each", over: -1 }, ...once(2)],
    concurrency: "one",
    returns: "value",
    promise: true,
  }),
  ...names("asyncify wrapSync reflect timeout retryable ensureAsync", { wraps: 0 }),
  memoize: { wraps: 0, memoizes: true },
  ...names("nextTick setImmediate", { callbacks: [{ arg: 0, runs: "later" }] }),
});

export default library({
  id: "async",
  packages: ["async", "async-es"],
  subpaths: true,
  exports,
  types: {
    ...types,
    Queue: {
      members: {
        ...names("push unshift pushAsync", { callbacks: once(1), returns: "value", promise: true }),
        ...names("drain error saturated empty", { callbacks: [{ arg: 0, runs: "later" }], returns: "value", promise: true }),
        ...names("pause resume kill", { returns: "void" }),
      },
    },
  },
});
