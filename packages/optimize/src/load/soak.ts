/** Whether something grows while a service is under steady load: memory, open files, the tail of the latencies; and when a limit would be reached. */
import type { LoadTrend, LoadWindow, TargetWindow } from "../model/load.ts";
import { trendOf } from "../model/trend.ts";

/** A run that is shorter than this shows caches that fill, not leaks. Seconds. */
const shortest = 60;
/** The beginning fills caches, and compilers are at work. */
const leftOut = 0.2;
/** Less than this part of the figure in an hour is nothing that anybody would act on. */
const leastAnHour = 0.02;
const hour = 3600;

/** Trends of a run; none for one that is too short. `limit` is the memory that the target may use, in bytes. */
export function trendsOf(windows: readonly LoadWindow[], target: readonly TargetWindow[], limit: number | undefined): LoadTrend[] {
  const length = windows.at(-1)?.at ?? 0;
  if (length < shortest) return [];
  const from = length * leftOut;
  const late = target.filter(({ at }) => at >= from);
  const series: readonly (readonly [LoadTrend["of"], readonly (readonly [at: number, value: number])[], number | undefined])[] = [
    ["memory", late.map(({ at, rss }) => [at, rss] as const), limit],
    ["files", late.map(({ at, files }) => [at, files] as const), undefined],
    ["p99", windows.filter(({ at }) => at >= from).flatMap(({ at, p99 }) => (p99 === undefined ? [] : [[at, p99] as const])), undefined],
  ];
  return series.flatMap(([of, points, bound]) => (points.length < 10 ? [] : [trendIn(of, points, bound)]));
}

function trendIn(of: LoadTrend["of"], points: readonly (readonly [at: number, value: number])[], limit: number | undefined): LoadTrend {
  const times = points.map(([at]) => at / hour);
  const values = points.map(([, value]) => value);
  const { slope, interval, direction } = trendOf({ times, values });
  const last = values.at(-1) ?? 0;
  const matters = Math.abs(slope) >= leastAnHour * Math.max(1, last);
  const told = matters ? direction : "none";
  const left = limit === undefined || told !== "rising" ? undefined : Math.max(0, limit - last);
  return {
    of,
    direction: told,
    anHour: slope,
    interval,
    last,
    ...(left === undefined ? {} : { hours: [left / interval[1], left / interval[0]] as const }),
  };
}
