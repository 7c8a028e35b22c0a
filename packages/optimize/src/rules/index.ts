/** Every rule, sorted by id. */
import leadingWildcardLike from "./db/leading-wildcard-like.ts";
import offsetPaginationDeep from "./db/offset-pagination-deep.ts";
import orAcrossColumns from "./db/or-across-columns.ts";
import orderByRandom from "./db/order-by-random.ts";
import selectStarUnused from "./db/select-star-unused.ts";
import mongooseHydrationReadOnly from "./db/mongoose-hydration-read-only.ts";
import nonSargablePredicate from "./db/non-sargable-predicate.ts";
import migrationBlockingDdl from "./db/migration-blocking-ddl.ts";
import connectionReuse from "./db/connection-reuse.ts";
import redundantIndex from "./db/redundant-index.ts";
import missingIndexFilter from "./db/missing-index-filter.ts";
import missingIndexFk from "./db/missing-index-fk.ts";
import missingIndexSortPagination from "./db/missing-index-sort-pagination.ts";
import type { Rule } from "../model/rule.ts";
import accumulatingSpread from "./algo/accumulating-spread.ts";
import aggregateInLoop from "./algo/aggregate-in-loop.ts";
import handWrittenSort from "./algo/hand-written-sort.ts";
import linearLookupInLoop from "./algo/linear-lookup-in-loop.ts";
import linearSearchInSorted from "./algo/linear-search-in-sorted.ts";
import nestedJoinByScan from "./algo/nested-join-by-scan.ts";
import quadraticConcatPython from "./algo/quadratic-concat-python.ts";
import redos from "./algo/redos.ts";
import queueShift from "./algo/queue-shift.ts";
import sortInLoop from "./algo/sort-in-loop.ts";
import awaitInLoopIndependent from "./async/await-in-loop-independent.ts";
import blockingSleep from "./async/blocking-sleep.ts";
import cpuInEventLoop from "./async/cpu-in-event-loop.ts";
import foreachAsync from "./async/foreach-async.ts";
import nestedCallbacks from "./async/nested-callbacks.ts";
import queueConfig from "./async/queue-config.ts";
import floatingTask from "./async/floating-task.ts";
import lostUpdate from "./async/lost-update.ts";
import sequentialIndependentAwaits from "./async/sequential-independent-awaits.ts";
import unboundedConcurrency from "./async/unbounded-concurrency.ts";
import commitInLoop from "./db/commit-in-loop.ts";
import cartesianJoin from "./db/cartesian-join.ts";
import notInSubquery from "./db/not-in-subquery.ts";
import connectionLeak from "./db/connection-leak.ts";
import connectionPerCall from "./db/connection-per-call.ts";
import poolMisconfig from "./db/pool-misconfig.ts";
import correlatedSubquery from "./db/correlated-subquery.ts";
import countForExistence from "./db/count-for-existence.ts";
import duplicateQueryInRequest from "./db/duplicate-query-in-request.ts";
import externalCallInTransaction from "./db/external-call-in-transaction.ts";
import filterInApp from "./db/filter-in-app.ts";
import lenQueryset from "./db/len-queryset.ts";
import loopInvariantQuery from "./db/loop-invariant-query.ts";
import longTransactionLoop from "./db/long-transaction-loop.ts";
import missingUniqueIndex from "./db/missing-unique-index.ts";
import mongoUnindexedOrRegex from "./db/mongo-unindexed-or-regex.ts";
import multiCollectionInclude from "./db/multi-collection-include.ts";
import nPlusOne from "./db/n-plus-one.ts";
import nPlusOneLazyRelation from "./db/n-plus-one-lazy-relation.ts";
import nPlusOneSerializer from "./db/n-plus-one-serializer.ts";
import parallelFanoutExhaustsPool from "./db/parallel-fanout-exhausts-pool.ts";
import unboundedQuery from "./db/unbounded-query.ts";
import writeInLoop from "./db/write-in-loop.ts";
import blockingInAsync from "./io/blocking-in-async.ts";
import httpNPlusOne from "./io/http-n-plus-one.ts";
import httpNoTimeout from "./io/http-no-timeout.ts";
import redisKeysScan from "./io/redis-keys-scan.ts";
import redisNPlusOne from "./io/redis-n-plus-one.ts";
import cacheStampede from "./io/cache-stampede.ts";
import cacheWithoutExpiry from "./io/cache-without-expiry.ts";
import noKeepaliveAgent from "./io/no-keepalive-agent.ts";
import noResponseCompression from "./io/no-response-compression.ts";
import responseNotStreamed from "./io/response-not-streamed.ts";
import readWholeFile from "./mem/read-whole-file.ts";
import retryWithoutBackoff from "./io/retry-without-backoff.ts";
import syncInRequestPath from "./io/sync-in-request-path.ts";
import accumulateInMemory from "./mem/accumulate-in-memory.ts";
import effectMissingCleanup from "./mem/effect-missing-cleanup.ts";
import listenerLeak from "./mem/listener-leak.ts";
import lruCacheOnMethod from "./mem/lru-cache-on-method.ts";
import objectUrlNotRevoked from "./mem/object-url-not-revoked.ts";
import resourceNotClosed from "./mem/resource-not-closed.ts";
import timerLeak from "./mem/timer-leak.ts";
import unboundedModuleCache from "./mem/unbounded-module-cache.ts";

export const rules: readonly Rule[] = [
  accumulatingSpread,
  aggregateInLoop,
  handWrittenSort,
  linearLookupInLoop,
  linearSearchInSorted,
  nestedJoinByScan,
  quadraticConcatPython,
  queueShift,
  redos,
  sortInLoop,
  awaitInLoopIndependent,
  blockingSleep,
  cpuInEventLoop,
  floatingTask,
  foreachAsync,
  lostUpdate,
  nestedCallbacks,
  queueConfig,
  sequentialIndependentAwaits,
  unboundedConcurrency,
  commitInLoop,
  cartesianJoin,
  notInSubquery,
  correlatedSubquery,
  connectionLeak,
  connectionPerCall,
  poolMisconfig,
  connectionReuse,
  countForExistence,
  duplicateQueryInRequest,
  externalCallInTransaction,
  filterInApp,
  lenQueryset,
  leadingWildcardLike,
  migrationBlockingDdl,
  missingIndexFilter,
  missingIndexFk,
  missingIndexSortPagination,
  mongooseHydrationReadOnly,
  nonSargablePredicate,
  offsetPaginationDeep,
  orAcrossColumns,
  orderByRandom,
  selectStarUnused,
  redundantIndex,
  longTransactionLoop,
  missingUniqueIndex,
  mongoUnindexedOrRegex,
  multiCollectionInclude,
  loopInvariantQuery,
  nPlusOne,
  nPlusOneLazyRelation,
  nPlusOneSerializer,
  parallelFanoutExhaustsPool,
  unboundedQuery,
  writeInLoop,
  blockingInAsync,
  httpNPlusOne,
  httpNoTimeout,
  redisKeysScan,
  redisNPlusOne,
  cacheStampede,
  cacheWithoutExpiry,
  noKeepaliveAgent,
  noResponseCompression,
  responseNotStreamed,
  retryWithoutBackoff,
  syncInRequestPath,
  accumulateInMemory,
  effectMissingCleanup,
  listenerLeak,
  lruCacheOnMethod,
  readWholeFile,
  objectUrlNotRevoked,
  resourceNotClosed,
  timerLeak,
  unboundedModuleCache,
];
