/** What the agent wrote, read back: one file a thread, lines of JSON. A torn line costs itself only. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ProcessRecord {
  readonly pid: number;
  readonly thread: number;
  readonly node: string;
  readonly platform: string;
  readonly cwd: string;
  readonly argv: readonly string[];
  readonly offset: number;
  readonly starter: boolean;
  /** Folder of the agent: its own frames are nobody's. */
  readonly agent: string;
}

export interface EndRecord {
  readonly at: number;
  readonly cpu: number;
  readonly rss: number;
  readonly own: number;
  readonly lost: number;
  readonly drivers: readonly string[];
}

export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
  /** Where the function begins, which tells functions without a name apart; "" when nobody knows. */
  readonly begins: string;
}

export interface SpanRecord {
  /** Microseconds of the thread's clock. */
  readonly begun: number;
  readonly time: number;
  /** 0: outside of any request. */
  readonly scope: number;
  readonly statement: number;
  readonly site: number;
  /** "" without parameters; begins with `*` when one statement speaks of many values. */
  readonly hash: string;
  readonly rows: number;
  readonly failed: boolean;
}

export interface RequestRecord {
  readonly scope: number;
  readonly begun: number;
  readonly time: number;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Bytes of the answer on the wire, with its head; -1 when that is not known. */
  readonly sent: number;
  /** Id of the trace that whoever asked samples; "" without one. */
  readonly trace: string;
}

export interface OriginRecord {
  readonly scope: number;
  readonly statement: number;
  readonly site: number;
  readonly parent: number;
  readonly parentSite: number;
  readonly rows: number;
  readonly values: number;
  readonly column: string;
  readonly count: number;
  readonly asked: number;
}

export interface BlockingRecord {
  readonly begun: number;
  readonly time: number;
  readonly scope: number;
  readonly site: number;
  readonly call: string;
}

/** A call waited for a connection because all of its pool were taken. */
export interface PoolRecord {
  readonly begun: number;
  readonly time: number;
  readonly scope: number;
  readonly library: string;
  readonly size: number;
}

export interface TickRecord {
  readonly at: number;
  readonly rss: number;
  readonly heap: number;
  readonly cpu: number;
  readonly utilisation: number;
  readonly delay: number;
  readonly worst: number;
  /** Open files; -1 when they were not counted. */
  readonly files: number;
}

/** Everything of one thread. */
export interface Thread {
  readonly process: ProcessRecord;
  end: EndRecord | undefined;
  readonly statements: Map<number, { readonly library: string; readonly text: string }>;
  readonly frames: Map<number, Frame>;
  readonly sites: Map<number, readonly number[]>;
  readonly maps: Map<string, unknown>;
  readonly spans: SpanRecord[];
  readonly requests: RequestRecord[];
  /** Statements whose parameters are known before the statements before them have answered. */
  readonly ready: Set<number>;
  readonly origins: OriginRecord[];
  /** Groups of a scope in which each parameter was a value of the row before: "scope.statement.site". */
  readonly chains: Set<string>;
  readonly blocking: BlockingRecord[];
  readonly pools: PoolRecord[];
  readonly stalls: { readonly begun: number; readonly time: number }[];
  readonly pauses: { readonly at: number; readonly time: number; readonly kind: string }[];
  readonly ticks: TickRecord[];
  readonly profiles: string[];
  /** File of sampled allocations. */
  heap?: string;
  tornLines: number;
  /** Its file was removed while it ran. */
  removed?: boolean;
  /** The path on this machine of one in the container in which it ran. */
  hostPath?: (file: string) => string;
}

/** Reads a folder of raw records. What cannot be read is said in `failures`. */
export function readRecords(folder: string): { readonly threads: readonly Thread[]; readonly failures: readonly string[] } {
  const threads: Thread[] = [];
  const failures: string[] = [];
  const names = namesIn(folder);
  if (names === undefined) return { threads, failures: ["what was recorded is gone: its folder was removed while the command ran"] };
  for (const name of names.filter((one) => one.endsWith(".ndjson"))) {
    const thread = readThread(readFileSync(join(folder, name), "utf8"));
    if (thread === undefined) {
      failures.push(`${name} has no beginning and was left out`);
      continue;
    }
    const base = `${name.slice(0, -".ndjson".length)}.`;
    thread.profiles.push(...names.filter((one) => one.startsWith(base) && one.endsWith(".cpuprofile")).map((one) => join(folder, one)));
    const heap = names.find((one) => one === `${base}heapprofile`);
    if (heap !== undefined) thread.heap = join(folder, heap);
    if (thread.removed === true)
      failures.push(`the records of process ${thread.process.pid} were removed while it ran: what it did before is not in them`);
    if (thread.tornLines > 0)
      failures.push(
        `process ${thread.process.pid} left ${thread.tornLines} torn record${thread.tornLines === 1 ? "" : "s"}: it was killed, or the disk is full`,
      );
    if ((thread.end?.lost ?? 0) > 0) failures.push(`process ${thread.process.pid} could not write ${thread.end?.lost} records`);
    threads.push(thread);
  }
  return { threads, failures };
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

function readThread(text: string): Thread | undefined {
  let thread: Thread | undefined;
  let torn = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      torn += 1;
      continue;
    }
    if (!Array.isArray(record)) continue;
    const [kind, ...rest] = record as [string, ...unknown[]];
    if (kind === "process") thread ??= emptyThread(rest[0] as ProcessRecord);
    else if (thread !== undefined) take[kind]?.(thread, ...(rest as never[]));
  }
  if (thread !== undefined) thread.tornLines = torn;
  return thread;
}

function emptyThread(process: ProcessRecord): Thread {
  return {
    process,
    end: undefined,
    statements: new Map(),
    frames: new Map(),
    sites: new Map(),
    maps: new Map(),
    spans: [],
    requests: [],
    ready: new Set(),
    origins: [],
    chains: new Set(),
    blocking: [],
    pools: [],
    stalls: [],
    pauses: [],
    ticks: [],
    profiles: [],
    tornLines: 0,
  };
}

const numberIn = (value: unknown): number => (typeof value === "number" ? value : -1);
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** How each kind of line is kept. */
const take: Readonly<Record<string, (thread: Thread, ...values: never[]) => void>> = {
  end: (thread, value: EndRecord) => void (thread.end = value),
  stmt: (thread, id: number, library: string, text: string) => void thread.statements.set(id, { library, text }),
  frame: (thread, id: number, file: string, line: number, column: number, name: string, ...[begins = ""]: string[]) =>
    void thread.frames.set(id, { file, line, column, function: name, begins }),
  removed: (thread) => void (thread.removed = true),
  site: (thread, id: number, frames: readonly number[]) => void thread.sites.set(id, frames),
  map: (thread, file: string, map: unknown) => void thread.maps.set(file, map),
  q: (thread, begun: number, time: number, scope: number, statement: number, site: number, hash: string, rows: number, failed: number) =>
    void thread.spans.push({ begun, time, scope, statement, site, hash, rows, failed: failed === 1 }),
  r: (thread, scope: number, begun: number, time: number, method: string, route: string, status: number, ...rest: unknown[]) =>
    void thread.requests.push({ scope, begun, time, method, route, status, sent: numberIn(rest[3]), trace: textIn(rest[4]) }),
  origin: (
    thread,
    scope: number,
    statement: number,
    site: number,
    parent: number,
    parentSite: number,
    rows: number,
    values: number,
    column: string,
    ...[count = 0, asked = 0]: number[]
  ) => void thread.origins.push({ scope, statement, site, parent, parentSite, rows, values, column, count, asked }),
  ready: (thread, statement: number, ready: boolean) => void (ready ? thread.ready.add(statement) : thread.ready.delete(statement)),
  chain: (thread, scope: number, statement: number, site: number) => void thread.chains.add(`${scope}.${statement}.${site}`),
  sync: (thread, begun: number, time: number, scope: number, site: number, call: string) =>
    void thread.blocking.push({ begun, time, scope, site, call }),
  pool: (thread, begun: number, time: number, scope: number, library: string, size: number) =>
    void thread.pools.push({ begun, time, scope, library, size }),
  stall: (thread, begun: number, time: number) => void thread.stalls.push({ begun, time }),
  gc: (thread, at: number, time: number, kind: string) => void thread.pauses.push({ at, time, kind }),
  tick: (
    thread,
    at: number,
    rss: number,
    heap: number,
    _external: number,
    cpu: number,
    utilisation: number,
    delay: number,
    worst: number,
    files: number,
  ) => void thread.ticks.push({ at, rss, heap, cpu, utilisation, delay, worst, files }),
};
