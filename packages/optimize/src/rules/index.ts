/** Every rule, sorted by id. */
import type { Rule } from "../model/rule.ts";
import awaitInLoopIndependent from "./async/await-in-loop-independent.ts";
import sequentialIndependentAwaits from "./async/sequential-independent-awaits.ts";
import unboundedConcurrency from "./async/unbounded-concurrency.ts";
import httpNPlusOne from "./io/http-n-plus-one.ts";
import httpNoTimeout from "./io/http-no-timeout.ts";
import redisKeysScan from "./io/redis-keys-scan.ts";
import redisNPlusOne from "./io/redis-n-plus-one.ts";
import syncInRequestPath from "./io/sync-in-request-path.ts";

export const rules: readonly Rule[] = [
  awaitInLoopIndependent,
  sequentialIndependentAwaits,
  unboundedConcurrency,
  httpNPlusOne,
  httpNoTimeout,
  redisKeysScan,
  redisNPlusOne,
  syncInRequestPath,
];
