/**
 * Figures of one worker in shared memory: it alone writes, anybody reads. Adding the records of workers, windows and machines loses
 * nothing, because all of it is counts.
 */
import { failureKinds } from "./failures.ts";
import { histogram, histogramBytes, type Histogram } from "../model/histogram.ts";

/** Histograms count tenths of a microsecond. */
export const unitsPerMillisecond = 10_000;

export const endpointCells = ["requests", "failed", "body", "begun", "weighed", "weighedWire", "weighedRaw"] as const;
export const workerCells = [
  "scheduled",
  "started",
  "iterations",
  "late",
  "connections",
  "waited",
  "retried",
  "in",
  "out",
  "surplus",
  "open",
  "cpu",
  "spun",
  "wall",
  "collections",
  "collecting",
  "longest",
  "done",
  "users",
  "gone",
] as const;
export type EndpointCell = (typeof endpointCells)[number];
export type WorkerCell = (typeof workerCells)[number];

const kindsAt = endpointCells.length;
const statusesAt = kindsAt + failureKinds.length;
const statuses = 1000;
const countCells = statusesAt + statuses;
const countBytes = countCells * Float64Array.BYTES_PER_ELEMENT;
const workerBytes = workerCells.length * Float64Array.BYTES_PER_ELEMENT;

/** Figures of one endpoint. */
export interface EndpointRecord {
  /** From the intended send time to the last byte. */
  readonly latency: Histogram;
  /** From writing the request to the last byte. */
  readonly service: Histogram;
  readonly counts: Float64Array;
}

export interface WorkerRecord {
  readonly endpoints: readonly EndpointRecord[];
  /** How late the schedule's requests were handed to the network by this program. */
  readonly lag: Histogram;
  readonly counts: Float64Array;
}

export function recordBytes(endpoints: number): number {
  return endpoints * (2 * histogramBytes + countBytes) + histogramBytes + workerBytes;
}

/** The record that lies in a buffer of `recordBytes(endpoints)`. */
export function recordIn(buffer: ArrayBufferLike, endpoints: number): WorkerRecord {
  let at = 0;
  const nextHistogram = (): Histogram => {
    at += histogramBytes;
    return histogram(buffer, at - histogramBytes);
  };
  const nextCells = (bytes: number): Float64Array => {
    at += bytes;
    return new Float64Array(buffer, at - bytes, bytes / Float64Array.BYTES_PER_ELEMENT);
  };
  return {
    endpoints: Array.from({ length: endpoints }, () => ({
      latency: nextHistogram(),
      service: nextHistogram(),
      counts: nextCells(countBytes),
    })),
    lag: nextHistogram(),
    counts: nextCells(workerBytes),
  };
}

/** An empty record of its own memory. */
export function emptyRecord(endpoints: number, shared = false): { readonly buffer: ArrayBufferLike; readonly record: WorkerRecord } {
  const bytes = recordBytes(endpoints);
  const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  return { buffer, record: recordIn(buffer, endpoints) };
}

export const endpointCell = Object.fromEntries(endpointCells.map((name, place) => [name, place])) as Record<EndpointCell, number>;
export const workerCell = Object.fromEntries(workerCells.map((name, place) => [name, place])) as Record<WorkerCell, number>;
export const kindCell = (place: number): number => kindsAt + place;
export const statusCell = (status: number): number => statusesAt + Math.min(statuses - 1, status);

export function add(counts: Float64Array, cell: number, by = 1): void {
  counts[cell] = (counts[cell] ?? 0) + by;
}

/** Failures by kind, and answers by status, of one endpoint: only what there was. */
export function failuresOf(counts: Float64Array): Record<string, number> {
  return Object.fromEntries(failureKinds.flatMap((kind, place) => (counts[kindsAt + place] ? [[kind, counts[kindsAt + place] ?? 0]] : [])));
}

export function statusesOf(counts: Float64Array): Record<string, number> {
  const found: Record<string, number> = {};
  for (let status = 0; status < statuses; status++) {
    const count = counts[statusesAt + status] ?? 0;
    if (count > 0) found[status] = count;
  }
  return found;
}
