/** Everything; each part is a subpath of its own too. */
export * from "./cache.ts";
export * from "./concurrency.ts";
export * from "./batch.ts";
export * from "./batch-endpoint.ts";
export * from "./retry.ts";
export { compress, type Compressed, type CompressOptions, type Encoding } from "./compress.ts";
export * from "./stream.ts";
export * from "./object-pool.ts";
export * from "./weak-cache.ts";
export { createQueue, type Job, type JobContext, type JobOptions, type Queue, type QueueOptions, type QueueStats } from "./queue.ts";
export * from "./bull-queue.ts";
export * from "./monitor.ts";
export * from "./performance-cache.ts";
export * from "./async-optimizer.ts";
export * from "./network-optimizer.ts";
export * from "./memory-optimizer.ts";
export * from "./performance-monitor.ts";
