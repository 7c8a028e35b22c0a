/**
 * Latencies as an HdrHistogram log (format 1.3, encoding V2: https://github.com/HdrHistogram/HdrHistogram, HistogramLogWriter and EncodableHistogram), in
 * nanoseconds, one line an endpoint: what many tools read and merge.
 */
import { deflateSync } from "node:zlib";
import type { LoadFigures, LoadResult } from "../../model/load.ts";
import { restored, valuesOf } from "../../model/histogram.ts";
import { clean } from "../layout/sanitise.ts";

const [cookie, compressedCookie] = [0x1c849313, 0x1c849314];
/** Three significant digits: 2048 buckets for the first doubling, 1024 for each after it. */
const digits = 3;
const half = 1024;
/** Our unit, in nanoseconds. */
const nanosecondsAUnit = 100;
/** One hour. */
const highest = 3_600_000_000_000;

export function hdrLog(result: LoadResult): string {
  const start = Date.parse(result.startedAt) / 1000;
  const lines = [
    "#[Histogram log format version 1.3]",
    `#[StartTime: ${start.toFixed(3)} (seconds since epoch), ${result.startedAt}]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
  ];
  for (const figures of result.endpoints) {
    // A tag ends at a comma or a space.
    const tag = clean(figures.name).replace(/[\s,]+/g, "_");
    lines.push(
      `Tag=${tag},${result.leftOut.toFixed(3)},${(result.seconds - result.leftOut).toFixed(3)},${figures.latency.max.toFixed(3)},${encoded(figures)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** The bucket of a value in HdrHistogram's array of counts. */
function placeOf(value: number): number {
  let [bucket, rest] = [0, value];
  while (rest >= half * 2) {
    rest = Math.floor(rest / 2);
    bucket++;
  }
  return bucket * half + rest;
}

function encoded(figures: LoadFigures): string {
  const times = figures.histograms === undefined ? undefined : restored(figures.histograms.latency);
  const counts = new Map<number, number>();
  for (const [value, count] of times === undefined ? [] : valuesOf(times)) {
    const place = placeOf(Math.min(highest, Math.round(value * nanosecondsAUnit)));
    counts.set(place, (counts.get(place) ?? 0) + count);
  }
  const bytes: number[] = [];
  let next = 0;
  for (const [place, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (place > next) varied(next - place, bytes);
    varied(count, bytes);
    next = place + 1;
  }
  const payload = Buffer.alloc(40 + bytes.length);
  payload.writeInt32BE(cookie, 0);
  payload.writeInt32BE(bytes.length, 4);
  payload.writeInt32BE(digits, 12);
  payload.writeBigInt64BE(1n, 16);
  payload.writeBigInt64BE(BigInt(highest), 24);
  payload.writeDoubleBE(1, 32);
  payload.set(bytes, 40);
  const deflated = deflateSync(payload);
  const head = Buffer.alloc(8);
  head.writeInt32BE(compressedCookie, 0);
  head.writeInt32BE(deflated.length, 4);
  return Buffer.concat([head, deflated]).toString("base64");
}

/** ZigZag and LEB128: a run of empty buckets is a negative number. */
function varied(value: number, into: number[]): void {
  let rest = value < 0 ? BigInt(-value) * 2n - 1n : BigInt(value) * 2n;
  for (; rest >= 128n; rest >>= 7n) into.push(Number(rest & 127n) | 128);
  into.push(Number(rest));
}
