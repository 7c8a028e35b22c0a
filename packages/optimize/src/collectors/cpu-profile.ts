/** CPU profiles of V8: time by function of the program, and what ran while the event loop stood still. */
import { readFileSync } from "node:fs";
import type { CodePlace, CpuEvidence, StallEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { rounded, spreadOf } from "../model/spread.ts";
import { placesOf, plainPath, type Places } from "./places.ts";
import type { Thread } from "./records.ts";
import { placeKey } from "./executions.ts";

/** A function as V8's profiles name it; lines and columns from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
  /** Samples in which the function itself ran, by line. */
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** What no function of the program does. */
const idle = new Set(["(idle)", "(program)"]);
const collector = "(garbage collector)";
/** Microseconds, as `clinic doctor` draws the line: shorter ones come and go with the machine. */
const shortestStall = 100_000;
/** Fewer say nothing about a stall. */
const leastSamples = 10;

interface Sums {
  readonly functions: Map<string, { readonly place: CodePlace; self: number; total: number; samples: number }>;
  busy: number;
  collecting: number;
  readonly failures: string[];
}

export interface CpuSummary {
  readonly functions: readonly CpuEvidence[];
  readonly stalls: readonly StallEvidence[];
  /** Milliseconds in which the threads were not idle, and of these in the garbage collector. */
  readonly busy: number;
  readonly collecting: number;
  readonly failures: readonly string[];
}

/** Reads the profiles of all threads. `from` gives the moment of a thread from which stalls count: loading a program blocks too. */
export function cpuOf(threads: readonly Thread[], root: string, from: (thread: Thread) => number): CpuSummary {
  const sums: Sums = { functions: new Map(), busy: 0, collecting: 0, failures: [] };
  const stalls: { readonly time: number; readonly stack: readonly CodePlace[] }[] = [];
  for (const thread of threads) {
    const places = placesOf(thread, root);
    const counted = thread.stalls.filter(({ begun, time }) => begun >= from(thread) && time >= shortestStall);
    const stacks = counted.map(() => new Map<string, { readonly stack: readonly CodePlace[]; n: number }>());
    const pieces = thread.profiles.flatMap((file) => {
      const profile = readProfile(file);
      if (profile === undefined) sums.failures.push(`a CPU profile of process ${thread.process.pid} is cut off and was left out`);
      return profile === undefined ? [] : [{ profile, stacks: stacksOf(profile, places, thread.process.agent) }];
    });
    const lines = hottestLines(pieces, places);
    for (const piece of pieces) {
      addPiece(piece, sums, (time, { stack: [first, ...rest], own }) => {
        const at = time - thread.process.offset;
        const line = own && first !== undefined ? lines.get(placeKey(first)) : undefined;
        const stack = first === undefined ? [] : [line ?? first, ...rest];
        for (const [index, { begun, time }] of counted.entries()) {
          if (at < begun || at > begun + time) continue;
          const key = stack.map(placeKey).join();
          const seen = stacks[index]?.get(key);
          if (seen === undefined) stacks[index]?.set(key, { stack, n: 1 });
          else seen.n += 1;
        }
      });
    }
    for (const [index, { begun, time }] of counted.entries()) {
      // Samples name the line of a function that computes itself; of a call of Node that blocked, its own record does.
      const blocked = blockingSite(thread, begun, begun + time);
      if (blocked !== undefined) {
        stalls.push({ time: time / 1000, stack: places.at(blocked) });
        continue;
      }
      const seen = [...(stacks[index]?.values() ?? [])].sort((a, b) => b.n - a.n);
      const [most] = seen;
      const samples = seen.reduce((sum, { n }) => sum + n, 0);
      // A machine that does something else makes a stall too: nothing of the program is under way then.
      const known = most !== undefined && most.n * 2 >= samples && samples >= leastSamples;
      stalls.push({ time: time / 1000, stack: known ? most.stack : [] });
    }
  }
  return {
    functions: functionsOf(sums),
    stalls: stallsOf(stalls),
    busy: rounded(sums.busy / 1000),
    collecting: rounded(sums.collecting / 1000),
    failures: sums.failures,
  };
}

/** The place of the calls of Node that took most of the time between two moments. */
function blockingSite({ blocking }: Thread, from: number, to: number): number | undefined {
  const taken = new Map<number, number>();
  for (const { begun, time, site } of blocking) {
    const within = Math.min(to, begun + time) - Math.max(from, begun);
    if (within > 0) taken.set(site, (taken.get(site) ?? 0) + within);
  }
  return [...taken].find(([, time]) => time * 2 > to - from)?.[0];
}

function readProfile(file: string): Profile | undefined {
  try {
    const profile = JSON.parse(readFileSync(file, "utf8")) as Profile;
    return Array.isArray(profile.nodes) && Array.isArray(profile.samples) && Array.isArray(profile.timeDeltas) ? profile : undefined;
  } catch {
    return undefined;
  }
}

interface Piece {
  readonly profile: Profile;
  readonly stacks: ReadonlyMap<number, NodeStack>;
}

function addPiece({ profile, stacks }: Piece, sums: Sums, onSample: (at: number, node: NodeStack) => void): void {
  let at = profile.startTime;
  // A sample stands for the time since the one before: it comes late while others compute, the collector's threads say, and finds what ran meanwhile.
  const times = profile.samples.map((_, index) => Math.max(0, profile.timeDeltas[index] ?? 0));
  const nodes = profile.samples.map((id) => stacks.get(id));
  const owners = collectedFor(nodes, times);
  for (const [index, node] of nodes.entries()) {
    at += profile.timeDeltas[index] ?? 0;
    if (node === undefined || idle.has(node.name)) continue;
    const time = times[index] ?? 0;
    sums.busy += time;
    if (node.name === collector) sums.collecting += time;
    for (const [depth, place] of (owners[index]?.stack ?? []).entries()) {
      const key = placeKey(place);
      let entry = sums.functions.get(key);
      if (entry === undefined) {
        entry = { place, self: 0, total: 0, samples: 0 };
        sums.functions.set(key, entry);
      }
      entry.total += time;
      entry.samples += 1;
      if (depth === 0 && node.own) entry.self += time;
    }
    onSample(at, node);
  }
}

/**
 * What each sample counts for: itself, and for the collector, which V8 puts beside the program, the function inside of which it ran. Between two
 * different ones that is the one that is seen on both sides of it more often.
 */
function collectedFor(nodes: readonly (NodeStack | undefined)[], times: readonly number[]): readonly (NodeStack | undefined)[] {
  const before = runningBeside(nodes);
  const after = runningBeside(nodes.toReversed()).toReversed();
  const certain = new Map<string, number>();
  const key = (node: NodeStack | undefined): string => (node?.stack[0] === undefined ? "" : placeKey(node.stack[0]));
  for (const [index, node] of nodes.entries()) {
    const around = key(before[index]);
    if (node?.name === collector && around !== "" && around === key(after[index]))
      certain.set(around, (certain.get(around) ?? 0) + (times[index] ?? 0));
  }
  const known = (node: NodeStack | undefined): number => certain.get(key(node)) ?? 0;
  return nodes.map((node, index) => {
    if (node?.name !== collector) return node;
    const [first, second] = [before[index], after[index]];
    return known(second) > known(first) ? second : first;
  });
}

/** For each sample the last one that was the program's, or undefined where it did nothing. */
function runningBeside(nodes: readonly (NodeStack | undefined)[]): (NodeStack | undefined)[] {
  let running: NodeStack | undefined;
  return nodes.map((node) => {
    if (node !== undefined && node.name !== collector) running = idle.has(node.name) ? undefined : node;
    return running;
  });
}

interface NodeStack {
  readonly name: string;
  /** The innermost function is one of the program, and no library or builtin. */
  readonly own: boolean;
  /** Functions of the program, innermost first, each once. */
  readonly stack: readonly CodePlace[];
}

function stacksOf(profile: Profile, places: Places, agent: string): Map<number, NodeStack> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const known = new Map<number, NodeStack>();
  const own = (id: number): NodeStack => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const { callFrame } = nodes.get(id) as ProfileNode;
    const parent = parents.get(id);
    const above = parent === undefined ? [] : own(parent).stack;
    const place = placeOf(callFrame, places, agent);
    const key = place === undefined ? "" : placeKey(place);
    const stack = place === undefined || above.some((one) => placeKey(one) === key) ? above : [place, ...above];
    // What V8 does for a function (regular expressions, sorting) has no file: it is the function's own time.
    const isOwn = place !== undefined || (callFrame.url === "" && parent !== undefined && own(parent).own);
    const node = { name: callFrame.functionName, own: isOwn, stack };
    known.set(id, node);
    return node;
  };
  // Children may stand before or after their parents, and stacks are as deep as the program's: parents first.
  for (const id of fromTheRoot(profile)) own(id);
  return known;
}

/** The line of each function of the program at which most of its own samples stand. */
function hottestLines(pieces: readonly Piece[], places: Places): Map<string, CodePlace> {
  const functions = new Map<string, { readonly frame: ProfileNode["callFrame"]; readonly ticks: Map<number, number> }>();
  const nodes = pieces.flatMap(({ profile, stacks }) => profile.nodes.map((node) => ({ ...node, known: stacks.get(node.id) })));
  for (const { known, callFrame, positionTicks = [] } of nodes) {
    const [place] = known?.stack ?? [];
    if (known?.own !== true || place === undefined || callFrame.url === "") continue;
    const entry = functions.get(placeKey(place)) ?? { frame: callFrame, ticks: new Map<number, number>() };
    functions.set(placeKey(place), entry);
    for (const { line, ticks } of positionTicks) entry.ticks.set(line, (entry.ticks.get(line) ?? 0) + ticks);
  }
  return new Map(
    [...functions].flatMap(([key, { frame, ticks }]) => {
      const most = [...ticks].sort(([, a], [, b]) => b - a)[0];
      return most === undefined
        ? []
        : [[key, places.of({ file: plainPath(frame.url), line: most[0], column: 1, function: frame.functionName })] as const];
    }),
  );
}

function fromTheRoot(profile: Profile): number[] {
  const children = new Map(profile.nodes.map((node) => [node.id, node.children ?? []]));
  const below = new Set(profile.nodes.flatMap((node) => node.children ?? []));
  const order = profile.nodes.map(({ id }) => id).filter((id) => !below.has(id));
  for (let index = 0; index < order.length; index += 1) order.push(...(children.get(order[index] as number) ?? []));
  return order;
}

/** Undefined for what is no function of the program. */
export function placeOf({ url, lineNumber, columnNumber, functionName }: CallFrame, places: Places, agent: string): CodePlace | undefined {
  const file = plainPath(url);
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || /[\\/]node_modules[\\/]/.test(file) || file.startsWith(agent)) return undefined;
  // The program's own modules as a whole are where everything is: they say nothing.
  if (functionName === "" && lineNumber === 0 && columnNumber === 0) return undefined;
  return places.of({ file, line: lineNumber + 1, column: columnNumber + 1, function: functionName });
}

function functionsOf({ functions, busy }: Sums): CpuEvidence[] {
  return [...functions.values()]
    .map(({ place, self, total, samples }) => ({
      kind: "cpu" as const,
      place,
      self: rounded(self / 1000),
      total: rounded(total / 1000),
      share: busy === 0 ? 0 : rounded(total / busy),
      samples,
    }))
    .sort((a, b) => b.total - a.total)
    .slice(0, 200);
}

function stallsOf(stalls: readonly { readonly time: number; readonly stack: readonly CodePlace[] }[]): StallEvidence[] {
  return [...groupedBy(stalls, ({ stack }) => stack.map(placeKey).join()).values()]
    .map((list) => ({
      kind: "stall" as const,
      count: list.length,
      time: spreadOf(list.map(({ time }) => time)),
      stack: list[0]?.stack ?? [],
    }))
    .sort((a, b) => b.time.total - a.time.total);
}
