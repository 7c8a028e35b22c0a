/** Memory, processor and event loop of this process. */
import { totalmem } from "node:os";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

/** Milliseconds between two looks at the loop; what counts is how much later than that they come. */
const resolution = 20;

export interface ProcessReadings {
  readonly process_resident_memory_bytes: number;
  /** Resident memory of what the process may have (its container's limit, else the machine's memory), 0 to 1. */
  readonly process_memory_share: number;
  readonly nodejs_heap_size_used_bytes: number;
  /** Heap in use of its limit, 0 to 1; not of what V8 has taken so far: that is always nearly full. */
  readonly nodejs_heap_share: number;
  /** Processors' worth of time since the last reading: 1 is one core. */
  readonly process_cpu_share: number;
  /** By how much the loop was late, and in which share of the time it was busy, since the last reading. */
  readonly nodejs_eventloop_lag_p99_seconds: number;
  readonly nodejs_eventloop_utilization: number;
}

export function createProcessReadings(): { read(): ProcessReadings; close(): void } {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const now = () => [performance.eventLoopUtilization(), process.cpuUsage(), performance.now()] as const;
  let [busy, cpu, at] = now();
  return {
    read() {
      const { rss, heapUsed } = process.memoryUsage();
      const { user, system } = process.cpuUsage(cpu);
      const constrained = (process as { constrainedMemory?: () => number | undefined }).constrainedMemory?.();
      const readings = {
        process_resident_memory_bytes: rss,
        // Without a limit Node gives 0, or the greatest number that there is.
        process_memory_share: rss / Math.min(constrained || Infinity, totalmem()),
        nodejs_heap_size_used_bytes: heapUsed,
        nodejs_heap_share: heapUsed / getHeapStatistics().heap_size_limit,
        process_cpu_share: (user + system) / 1000 / Math.max(1, performance.now() - at),
        nodejs_eventloop_lag_p99_seconds: Math.max(0, delays.percentile(99) / 1e9 - resolution / 1000),
        nodejs_eventloop_utilization: performance.eventLoopUtilization(busy).utilization,
      };
      delays.reset();
      [busy, cpu, at] = now();
      return readings;
    },
    close: () => void delays.disable(),
  };
}
