/** Looks at the loaded program once a second, where it is on this machine and can be seen. */
import type { TargetUsage, TargetWindow } from "../model/load.ts";
import type { Origin } from "./exchange.ts";
import { processesOn, sampleProcesses, type ProcessSample } from "./target-process.ts";
import { isLoopback } from "./target.ts";

/** So many seconds of windows are kept; after that every second one is let go, and half as many are taken. */
const mostWindows = 3600;

export class TargetWatch {
  readonly #pids: readonly number[];
  readonly #first: ProcessSample | undefined;
  #last: ProcessSample | undefined;
  #at = 0;
  #windows: TargetWindow[] = [];
  #every = 1;
  #looks = 0;

  constructor(origin: Origin | undefined) {
    this.#pids = origin !== undefined && origin.addresses.every(isLoopback) ? processesOn(origin.port) : [];
    this.#first = this.#last = sampleProcesses(this.#pids);
  }

  /** At so many seconds since the beginning. */
  look(at: number): void {
    if (this.#last === undefined || this.#looks++ % this.#every > 0) return;
    const sample = sampleProcesses(this.#pids);
    if (sample === undefined) return;
    const seconds = at - this.#at;
    if (seconds > 0) {
      const cpu = Math.max(0, (sample.cpu - this.#last.cpu) / (seconds * 1000));
      this.#windows.push({ at: Math.round(at * 10) / 10, cpu: Math.round(cpu * 1000) / 1000, rss: sample.rss, files: sample.files });
    }
    if (this.#windows.length > mostWindows) {
      this.#windows = this.#windows.filter((_, place) => place % 2 === 1);
      this.#every *= 2;
    }
    this.#last = sample;
    this.#at = at;
  }

  /** What it used; undefined when it cannot be seen, or is the program that makes the load. */
  usage(requests: number): TargetUsage | undefined {
    if (this.#first === undefined || this.#last === undefined || requests === 0 || this.#windows.length === 0) return undefined;
    const cpu = this.#last.cpu - this.#first.cpu;
    return { processes: this.#pids.length, cpuARequest: Math.round((cpu / requests) * 10_000) / 10_000, windows: this.#windows };
  }
}
