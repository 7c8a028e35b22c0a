/** Every recipe, sorted by name. */
import type { Recipe } from "./recipe.ts";

export const recipes: readonly Recipe[] = [
  {
    name: "batch",
    summary: "Calls for one become a call for many; in Python: a queryset of Django in parts, by key",
    javascript: { part: "batch", libraries: [{ library: "dataloader", source: { file: "batch-dataloader.ts" }, test: "batch.test.ts" }] },
    python: {
      module: "batched_queryset",
      needs: ["django"],
      instead: "it walks querysets of Django, which this project does not depend on; optimize add stream has batches of any iterable",
    },
  },
  {
    name: "batch-endpoint",
    summary: "Both ends of an HTTP endpoint that takes many at once, with an answer or an error for each",
    javascript: { part: "batch-endpoint", libraries: [] },
  },
  {
    name: "cache",
    summary: "Get-or-set with one load for all who miss together; in memory or over Redis",
    javascript: {
      part: "cache",
      libraries: [
        { library: "bentocache", source: { file: "cache-bentocache.ts" }, test: "cache.test.ts", modulesOnly: true },
        { library: "cacheable", source: { file: "cache-cacheable.ts" }, test: "cache.test.ts" },
        { library: "lru-cache", source: { file: "cache-lru-cache.ts" }, test: "cache.test.ts" },
      ],
    },
    python: { module: "get_or_set_cache", needs: ["redis", "valkey"] },
  },
  {
    name: "compress",
    summary: "Responses compressed as the client takes them, at levels that pay",
    javascript: { part: "compress", libraries: [] },
  },
  {
    name: "concurrency",
    summary: "Many things at once, but never more than so many, and never one waiting for another",
    javascript: {
      part: "concurrency",
      libraries: [
        { library: "p-map", source: { file: "concurrency-p-map.ts" }, test: "concurrency.test.ts", modulesOnly: true },
        { library: "p-limit", source: { file: "concurrency-p-limit.ts" }, test: "concurrency.test.ts", modulesOnly: true },
      ],
    },
    python: { module: "bounded_gather", needs: [] },
  },
  {
    name: "monitor",
    summary: "Requests, errors and statements measured by the service itself, for Prometheus",
    javascript: {
      part: "monitor",
      libraries: [{ library: "prom-client", source: { file: "monitor-prom-client.ts" }, test: "monitor.test.ts" }],
    },
    python: { module: "monitor", needs: [] },
  },
  {
    name: "object-pool",
    summary: "Costly objects used again, never handed to two",
    javascript: { part: "object-pool", libraries: [] },
  },
  {
    name: "queue",
    summary: "Work in the background with attempts and waits; in memory, over BullMQ, or a task of Celery",
    javascript: { part: "queue", libraries: [{ library: "bullmq", source: { part: "bull-queue" }, test: "queue.test.ts" }] },
    python: { module: "background_job", needs: ["celery"] },
  },
  {
    name: "retry",
    summary: "Trying again with timeout, spread waits, a budget and one idempotency key",
    javascript: { part: "retry", libraries: [] },
  },
  {
    name: "stream",
    summary: "A lot of data in a little memory: batches, and a JSON array in pieces",
    javascript: { part: "stream", libraries: [] },
    python: { module: "streaming", needs: [] },
  },
  {
    name: "weak-cache",
    summary: "Values for as long as somebody holds them",
    javascript: { part: "weak-cache", libraries: [] },
  },
];
