/** What the processes did as a whole: computing, collecting garbage, waiting for others, or nothing. */
import type { RequestEvidence, ResourceEvidence } from "../model/evidence.ts";
import { rounded } from "../model/spread.ts";
import { trendOf } from "../model/trend.ts";
import type { Thread, TickRecord } from "./records.ts";

/** Parts of the time from which it is what limits. */
const collecting = 0.15;
const computing = 0.8;
const waiting = 0.5;

/** The window is from the first request to the end of the last one; the whole run without requests. */
export function resourcesOf(threads: readonly Thread[], requests: readonly RequestEvidence[]): ResourceEvidence | undefined {
  const windows = threads.map(windowOf);
  const inWindow = threads.flatMap((thread, index) =>
    thread.ticks.filter(({ at }) => at >= (windows[index]?.[0] ?? 0) && at <= (windows[index]?.[1] ?? 0) + 100_000),
  );
  if (inWindow.length === 0) return undefined;
  const pauses = threads.flatMap((thread, index) =>
    thread.pauses.filter(({ at }) => at >= (windows[index]?.[0] ?? 0) && at <= (windows[index]?.[1] ?? 0)),
  );
  const sum = (of: (tick: TickRecord) => number): number => inWindow.reduce((total, tick) => total + of(tick), 0);
  const most = (of: (tick: TickRecord) => number): number => inWindow.reduce((top, tick) => Math.max(top, of(tick)), 0);
  const wall = windows.reduce((total, [begun, ended]) => total + ended - begun, 0) / 1000;
  const utilisation = sum((tick) => tick.utilisation) / inWindow.length;
  const gc = pauses.reduce((total, { time }) => total + time, 0) / 1000;
  const delays = inWindow.map(({ delay }) => delay).sort((a, b) => a - b);
  const time = requests.reduce((total, request) => total + request.time.total, 0);
  const waited = requests.reduce((total, request) => total + request.time.total * request.waiting, 0);
  return {
    kind: "resource",
    verdict: verdictOf({ gc: gc / wall, utilisation, waited: time === 0 ? undefined : waited / time, known: wall >= 500 }),
    cpu: rounded(sum(({ cpu }) => cpu) / 1000),
    wall: rounded(wall),
    utilisation: rounded(utilisation),
    gc: { total: rounded(gc), max: rounded(pauses.reduce((top, { time }) => Math.max(top, time), 0) / 1000), count: pauses.length },
    delay: { median: delays[delays.length >> 1] ?? 0, max: most(({ worst }) => worst) },
    rss: most(({ rss }) => rss),
    heap: most(({ heap }) => heap),
    ...filesOf(threads),
  };
}

/** Fewer files more are no leak: pools fill, logs are opened. */
const leastFiles = 10;

function filesOf(threads: readonly Thread[]): Pick<ResourceEvidence, "files"> {
  const grown = threads
    .filter(({ process }) => process.thread === 0)
    .flatMap((thread) => {
      const [from] = windowOf(thread);
      const ticks = thread.ticks.filter(({ at, files }) => files >= 0 && at >= from);
      const [first, last] = [ticks[0], ticks.at(-1)];
      if (first === undefined || last === undefined || last.files - first.files < leastFiles) return [];
      const trend = trendOf({ times: ticks.map(({ at }) => at / 1e6), values: ticks.map(({ files }) => files) });
      return trend.direction === "rising" ? [{ first: first.files, last: last.files, seconds: rounded((last.at - first.at) / 1e6) }] : [];
    })
    .sort((a, b) => b.last - b.first - (a.last - a.first));
  return grown[0] === undefined ? {} : { files: grown[0] };
}

/** Microseconds of a thread's clock. */
export function windowOf(thread: Thread): readonly [begun: number, ended: number] {
  const ended = thread.end?.at ?? thread.ticks.at(-1)?.at ?? 0;
  if (thread.requests.length === 0) return [0, ended];
  let [first, last] = [Infinity, 0];
  for (const { begun, time } of thread.requests) {
    first = Math.min(first, begun);
    last = Math.max(last, time < 0 ? ended : begun + time);
  }
  return [first, last];
}

function verdictOf(parts: {
  readonly gc: number;
  readonly utilisation: number;
  readonly waited: number | undefined;
  readonly known: boolean;
}): ResourceEvidence["verdict"] {
  if (!parts.known) return "unknown";
  if (parts.gc >= collecting) return "GC";
  if (parts.utilisation >= computing) return "CPU";
  if (parts.waited === undefined) return "unknown";
  return parts.waited >= waiting ? "I/O" : "waiting";
}
