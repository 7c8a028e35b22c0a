/** What is met at places that the reading of a file's text asks about: receivers of look-ups, and lists of loops. */
import type { CallExpression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, thisToken } from "./deps.ts";
import { parameterIn } from "./sent-texts.ts";
import type { Summary } from "./summary.ts";
import type { Operation } from "./operation.ts";
import type { Origin, Size, Value } from "./value.ts";
import { arrayIn, awaited, constantOf } from "./value.ts";

/** All that was met at one place, in every way of getting there. */
export interface Sight {
  list: boolean;
  set: boolean;
  map: boolean;
  text: boolean;
  /** Something of a library. */
  other: boolean;
  /** The most elements; Infinity when some way has no bound. */
  max: number;
  /** It is, or is a part of, what was read or sent: another one each time. */
  outside: boolean;
  /** The elements came from a query. */
  rows: boolean;
  /** How many there are is decided by what was read or sent. */
  data: boolean;
  /** It is, or is made of, what a read without a bound gave. */
  long: boolean;
  /** It is always a part of the address or the headers of a request, which servers limit to some thousand characters. */
  head: boolean;
  /** Regular expressions that it is: `/a+/g`. */
  patterns: Set<string> | undefined;
  /** Names of the lengths that it has: lists made of a list have that one's. */
  sizes: Set<string> | undefined;
  /** It depends on parameters of these functions: what callers give them decides. */
  asked: Map<Summary, number> | undefined;
}

/** Methods that may go through all elements of what they are called on, or move them. */
const searching: ReadonlySet<string> = new Set(
  "includes indexOf lastIndexOf find findIndex findLast findLastIndex some filter shift unshift splice sort index count pop insert remove concat".split(
    " ",
  ),
);

/** A value is data when it depends on what was read, or on what a request brought. Parameters of other functions are asked later. */
function noteData(act: Activation, sight: Sight, value: Value): void {
  if (isLong(act, value)) sight.long = true;
  if (sight.data) return;
  const mask = origin(act, value);
  if (mask < 0) {
    sight.data = true;
    sight.asked = undefined;
  } else if (mask > 0) (sight.asked ??= new Map()).set(act.summary, (sight.asked.get(act.summary) ?? 0) | mask);
}

/** The result of a read is as long as a table is. */
export function noteLong(act: Activation, token: number, value: Value, operation?: Operation): void {
  const given = awaited(value);
  if (isOpen(operation) || given.what.some(holdsRows)) (act.long ??= new Set()).add(token);
  const symbol = arrayIn(given)?.size.symbol;
  if (symbol !== undefined && isOpen(operation)) act.world.longSizes.add(symbol);
}

function holdsRows(held: Origin): boolean {
  if (held.kind === "array") return isOpen(held.rows) && held.size.max === undefined && held.size.exact === undefined;
  return (
    held.kind === "object" &&
    [...held.object.props.values()].some((inner) => inner.what.some((one) => one.kind === "array" && holdsRows(one)))
  );
}

function isOpen(operation: Operation | undefined): boolean {
  return operation?.kind === "db-read" && operation.spec.list === true && operation.spec.count !== true && !operation.limited;
}

/** It is as long as a table is: what was read without a bound, or a list that was made of that. */
function isLong(act: Activation, { deps, what }: Value): boolean {
  const size = lengthOf(what);
  return isRows(act, deps) || (size !== undefined && act.world.longSizes.has(size));
}

function isRows(act: Activation, deps: Deps): boolean {
  if (act.long !== undefined) for (const token of deps) if (act.long.has(token)) return true;
  return false;
}

/** -1: data; else the parameter that it is, or is a part of, as a bit; 0 for everything else. */
function origin(act: Activation, { deps, key }: Value): number {
  if (isRows(act, deps)) return -1;
  const index = parameterIn(key);
  if (index === undefined || Number(index) > 28) return 0;
  return act.entered ? -1 : 1 << Number(index);
}

/** The name of a list's length, where nothing bounds it: a list made of another one, element by element, has that one's. */
function lengthOf(what: readonly Origin[]): string | undefined {
  for (const one of what) if (one.kind === "array" && one.size.exact === undefined && one.size.max === undefined) return one.size.symbol;
  return undefined;
}

/** What a call gives to a parameter. */
export function noteGiven(act: Activation, summary: Summary, index: number, value: Value): void {
  if (index > 28 || (summary.givenData & summary.givenLong & (1 << index)) !== 0 || constantOf(value) !== undefined) return;
  if (isRead(act, value)) summary.givenRead |= 1 << index;
  if (isLong(act, value)) summary.givenLong |= 1 << index;
  const mask = origin(act, value);
  if (mask < 0) {
    summary.givenData |= 1 << index;
    summary.givenRead |= 1 << index;
    summary.given?.delete(index);
  } else if (mask > 0 && act.summary !== summary && (summary.givenData & (1 << index)) === 0) {
    const given = (summary.given ??= new Map());
    let from = given.get(index);
    if (from === undefined) given.set(index, (from = new Map()));
    from.set(act.summary, (from.get(act.summary) ?? 0) | mask);
  }
}

/** Some caller gives data to one of the parameters. */
export function isGivenData(
  summary: Summary,
  mask: number,
  of: "givenData" | "givenRead" | "givenLong",
  seen = new Set<Summary>(),
): boolean {
  if ((summary[of] & mask) !== 0) return true;
  if (seen.has(summary) || seen.size > 40) return false;
  seen.add(summary);
  for (const [index, from] of summary.given ?? [])
    if ((mask & (1 << index)) !== 0) for (const [caller, asked] of from) if (isGivenData(caller, asked, of, seen)) return true;
  return false;
}

/** Lengths that were met before the read that decides them was. */
export function settleSizes(sight: Sight, long: ReadonlySet<string>): Sight {
  for (const size of sight.sizes ?? []) if (long.has(size)) sight.long = true;
  return sight;
}

function someGiven(asked: Sight["asked"], of: "givenData" | "givenRead" | "givenLong"): boolean {
  return [...(asked ?? [])].some(([summary, mask]) => isGivenData(summary, mask, of));
}

export function isData({ data, asked }: Sight): boolean {
  return data || someGiven(asked, "givenData");
}

export function isTable({ long, asked }: Sight): boolean {
  return long || someGiven(asked, "givenLong");
}

/** It comes from outside, directly or through what callers pass. */
export function isOutside({ data, outside, asked }: Sight): boolean {
  return data || outside || someGiven(asked, "givenRead");
}

export function noteReceiver(act: Activation, name: string, key: number, receiver: Value): void {
  if (searching.has(name)) noteSight(act, key, receiver);
}

/** Methods of texts that a regular expression is given to, and those of expressions that a text is given to. */
const matching: ReadonlySet<string> = new Set(
  "match matchAll search replace replaceAll split test exec fullmatch sub subn findall finditer".split(" "),
);

/** The text that a regular expression goes over: what it is called on, or what is passed. */
export function noteMatched(act: Activation, { callee, args }: CallExpression, receiver: Value, given: readonly Value[]): void {
  if (callee.kind !== "member" || !matching.has(callee.name) || args[0] === undefined) return;
  if (args[0].value.kind !== "literal" || args[0].value.type === "regexp") noteSight(act, callee.end, receiver);
  for (const [i, { value }] of args.entries()) {
    const one = given[i];
    if (one !== undefined && value.kind !== "literal" && value.kind !== "function") noteSight(act, value.end, one);
  }
}

const opening: ReadonlySet<string> = new Set(
  (
    "connect getConnection getconn acquire open createQueryRunner startSession " +
    "launch connectOverCDP newPage newContext createBrowserContext createIncognitoBrowserContext"
  ).split(" "),
);

/** What the project itself has made: instances, objects and modules. */
const own: ReadonlySet<Origin["kind"]> = new Set<Origin["kind"]>(["instance", "class", "object", "namespace", "exports", "commonjs"]);

/** What a call that opens something gives: something of a library. A function of the project may hand out what it keeps. */
export function noteOpened(act: Activation, name: string, key: number, receiver: Value, value: Value): void {
  if (!opening.has(name) || receiver.what.some(({ kind }) => own.has(kind))) return;
  for (const held of awaited(value).what) if (held.kind === "library") act.unit.openings.set(key, `${held.library.id}.${held.type}`);
}

/** Methods that put something under a key, or at the end. */
const keeping: ReadonlySet<string> = new Set("set add push append setdefault unshift".split(" "));

/** The key under which something is kept. */
export function noteKept(act: Activation, name: string, call: CallExpression, args: readonly Value[]): void {
  const key = call.args[0]?.value;
  if (key !== undefined && args[0] !== undefined && keeping.has(name)) noteKey(act, key.end, args[0]);
}

/** A key under which something is kept: does it come from outside? */
export function noteKey(act: Activation, at: number, value: Value): void {
  const sight = sightAt(act, at);
  noteData(act, sight, value);
  if (isRead(act, value)) sight.outside = true;
}

function isRead(act: Activation, { deps, key }: Value): boolean {
  if (key?.startsWith("io") === true) return true;
  return deps.some((token) => act.io?.has(token) === true || (act.entered && token !== thisToken && token < firstLocalToken));
}

/** `$0.query.sort`, `$0.headers.cookie` */
const ofHead =
  /^(?:(?:String|decodeURIComponent|\w+@\d+:\d+)\()*\$\d+(?:\.(?:req|request|raw))*\.(?:headers?|query|params|url|path|originalUrl|cookies|hostname|ip|nextUrl)\b/;

export function noteSight(act: Activation, key: number, value: Value): void {
  const sight = sightAt(act, key);
  if (value.key === undefined || !ofHead.test(value.key)) sight.head = false;
  noteData(act, sight, value);
  const size = lengthOf(value.what);
  if (size !== undefined) (sight.sizes ??= new Set()).add(size);
  if (value.what.length === 0) sight.max = Infinity;
  for (const origin of value.what) {
    switch (origin.kind) {
      case "array":
        if (origin.unique === true) sight.set = true;
        else sight.list = true;
        if (origin.rows !== undefined) sight.rows = true;
        grow(sight, origin.size);
        break;
      case "const":
        if (typeof origin.value === "string") sight.text = true;
        break;
      case "scalar":
        if (origin.type === "string") sight.text = true;
        if (origin.pattern !== undefined) (sight.patterns ??= new Set()).add(origin.pattern);
        sight.max = Infinity;
        break;
      case "pattern":
        sight.text = true;
        break;
      case "map":
      case "object":
        sight.map = true;
        sight.max = Infinity;
        break;
      default:
        sight.other = true;
        sight.max = Infinity;
    }
  }
}

/** The list of a loop: how long it may be. */
export function noteLoop(act: Activation, key: number, size: Size, rows: boolean, value: Value | undefined): void {
  const sight = sightAt(act, key);
  if (value !== undefined) noteData(act, sight, value);
  if (size.symbol !== undefined && size.max === undefined) (sight.sizes ??= new Set()).add(size.symbol);
  grow(sight, size);
  if (rows) sight.rows = true;
}

function grow(sight: Sight, { exact, max }: Size): void {
  sight.max = Math.max(sight.max, exact ?? max ?? Infinity);
}

function sightAt(act: Activation, key: number): Sight {
  let sight = act.unit.sights.get(key);
  if (sight === undefined)
    act.unit.sights.set(
      key,
      (sight = {
        list: false,
        set: false,
        map: false,
        text: false,
        other: false,
        max: 0,
        rows: false,
        data: false,
        long: false,
        head: true,
        outside: false,
        patterns: undefined,
        sizes: undefined,
        asked: undefined,
      }),
    );
  return sight;
}
