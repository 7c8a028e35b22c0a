/** Spans of all threads in one form: which statement, from where, in which request. */
import { groupedBy } from "../model/grouped.ts";
import type { CodePlace } from "../model/evidence.ts";
import { shortHash } from "../model/hash.ts";
import { fingerprintOf, shapeOf } from "../model/statement.ts";
import type { CodeFunction, Places } from "./places.ts";
import type { OriginRecord, RequestRecord, SpanRecord, Thread } from "./records.ts";

/** `control`: BEGIN, COMMIT, SET and the like, which ask for no rows. */
export type Action = "read" | "write" | "control" | "call";

export interface Statement {
  readonly library: string;
  readonly shape: string;
  readonly fingerprint: string;
  readonly action: Action;
  /** A page of a longer list, by number or offset. */
  readonly paged: boolean;
}

export interface Execution extends Pick<SpanRecord, "begun" | "time" | "hash" | "rows" | "failed"> {
  readonly statement: Statement;
  /** The program's frames, innermost first; empty when no frame of the program was on the stack. */
  readonly places: readonly CodePlace[];
  /** The functions that these stand in. */
  readonly functions: readonly CodeFunction[];
  /** Everything that the statement asks for is known before the statements before it have answered. */
  readonly ready: boolean;
  /** Equal for executions of one statement from one place of one thread. */
  readonly group: string;
}

/** A request, or what a thread does outside of requests. */
export interface Scope {
  readonly thread: number;
  readonly request?: RequestRecord;
  readonly route: string;
  readonly executions: readonly Execution[];
  readonly origins: readonly Origin[];
  /** Groups whose parameters came from the row that the execution before them gave: pages by cursor, linked lists. */
  readonly chains: ReadonlySet<string>;
}

export interface Origin extends OriginRecord {
  readonly group: string;
  readonly from: Statement;
  readonly fromPlaces: readonly CodePlace[];
}

/** What answers differently each time. */
export const changing =
  /\b(?:nextval|random|rand|now|current_timestamp|clock_timestamp|uuid|gen_random_uuid|last_insert_rowid|changes|pg_advisory\w*|get_lock)\b/;

const unknown: Statement = { library: "", shape: "", fingerprint: "", action: "control", paged: false };

/** Everything that was executed, by scope. */
export function scopesOf(threads: readonly Thread[], placesOf: (thread: Thread) => Places): Scope[] {
  const answersItself = threads.some(({ requests }) => requests.length > 0);
  return threads.flatMap((thread, index) => scopesIn(thread, index, withoutGateways(thread, placesOf(thread)), answersItself));
}

/**
 * Places without the lines that only hand on what they are given (`query(text, values)`): which statement such a line runs depends on its caller alone.
 * What a developer would change is the call.
 */
function withoutGateways(thread: Thread, places: Places): Places {
  const gateways = gatewaysOf(thread, places);
  if (gateways.size === 0) return places;
  const known = new Map<number, readonly CodePlace[]>();
  return {
    ...places,
    at: (site) => {
      let kept = known.get(site);
      if (kept === undefined) {
        const all = places.at(site);
        const first = all.findIndex((place) => !gateways.has(placeKey(place)));
        kept = first < 0 ? all : all.slice(first);
        known.set(site, kept);
      }
      return kept;
    },
  };
}

const mostGateways = 3;

function gatewaysOf(thread: Thread, places: Places): Set<string> {
  const gateways = new Set<string>();
  const pairs = new Map(thread.spans.map(({ statement, site }) => [`${statement} ${site}`, { statement, places: places.at(site) }]));
  for (let depth = 0; depth < mostGateways; depth += 1) {
    /** Place to caller to statements. */
    const callers = new Map<string, Map<string, Set<number>>>();
    for (const { statement, places: all } of pairs.values()) {
      const rest = all.slice(
        Math.max(
          0,
          all.findIndex((place) => !gateways.has(placeKey(place))),
        ),
      );
      const [place, caller] = rest;
      if (place === undefined || caller === undefined) continue;
      const of = callers.get(placeKey(place)) ?? new Map<string, Set<number>>();
      callers.set(placeKey(place), of);
      of.set(placeKey(caller), (of.get(placeKey(caller)) ?? new Set<number>()).add(statement));
    }
    const found = [...callers].filter(([, of]) => handsOn(of)).map(([key]) => key);
    if (found.length === 0) break;
    for (const key of found) gateways.add(key);
  }
  return gateways;
}

/** Each caller always runs the same statement there, and not all of them the same one. */
function handsOn(callers: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  const all = [...callers.values()];
  return all.length >= 2 && all.every((of) => of.size === 1) && new Set(all.flatMap((of) => [...of])).size >= 2;
}

function scopesIn(thread: Thread, index: number, places: Places, answersItself: boolean): Scope[] {
  const statements = new Map([...thread.statements].map(([id, { library, text }]) => [id, statementOf(library, text)]));
  const byScope = groupedBy(thread.spans, ({ scope }) => scope);
  const requests = new Map(thread.requests.map((request) => [request.scope, request]));
  const origins = groupedBy(thread.origins, ({ scope }) => scope);
  const chains = groupedBy(thread.chains, (key) => Number(key.split(".", 1)[0]));
  return [...new Set([...requests.keys(), ...byScope.keys()])].map((id) => {
    const request = requests.get(id);
    const spans = byScope.get(id) ?? [];
    const groupOf = groupsOf(spans, places);
    const executions = spans.map((span) => ({
      begun: span.begun,
      time: span.time,
      hash: span.hash,
      rows: span.rows,
      failed: span.failed,
      ready: thread.ready.has(span.statement),
      statement: statements.get(span.statement) ?? unknown,
      places: places.at(span.site),
      functions: functionsOf(span.site, places),
      group: groupOf(span.statement, span.site),
    }));
    return {
      thread: index,
      ...(request === undefined ? {} : { request }),
      route: request === undefined ? "" : `${request.method} ${request.route}`,
      // Outside of requests a program that has a server calls itself: that is the load, and not its work.
      executions: executions
        .filter(({ statement }) => request !== undefined || !answersItself || !isLoopback(statement))
        .sort((a, b) => a.begun - b.begun),
      origins: (origins.get(id) ?? []).map((origin) => ({
        ...origin,
        group: groupOf(origin.statement, origin.site),
        from: statements.get(origin.parent) ?? unknown,
        fromPlaces: places.at(origin.parentSite),
      })),
      chains: new Set(
        (chains.get(id) ?? []).map((key) => {
          const [, statement, site] = key.split(".").map(Number);
          return groupOf(statement ?? 0, site ?? 0);
        }),
      ),
    };
  });
}

/** Of the places that are left: those that only hand on are the innermost ones. */
function functionsOf(site: number, places: Places): readonly CodeFunction[] {
  const all = places.functionsAt(site);
  return all.slice(all.length - places.at(site).length);
}

/**
 * Groups of a scope: one statement from one place, with the frames above it. After an `await` the frames of callers that do not wait themselves are
 * gone, so that a stack whose frames are some of a longer one's, from the same innermost frame on, is the same place. A caller stands at the column
 * of its call while that runs, and at that of its `await` later: of callers the line counts.
 */
export function groupsOf(
  spans: readonly Pick<SpanRecord, "site">[],
  places: Pick<Places, "at">,
): (statement: number, site: number) => string {
  const sites = [...new Set(spans.map(({ site }) => site))].map((site) => ({ site, keys: keysOf(places.at(site)) }));
  const longest = sites.toSorted((a, b) => b.keys.length - a.keys.length);
  const groups = new Map(
    sites.map(({ site, keys }) => [site, (longest.find((one) => isPartOf(keys, one.keys))?.keys ?? keys).join()] as const),
  );
  return (statement, site) => `${statement} ${groups.get(site) ?? keysOf(places.at(site)).join()}`;
}

const keysOf = (places: readonly CodePlace[]): string[] =>
  places.map((place, index) => (index === 0 ? placeKey(place) : `${place.file}:${place.line}`));

function isPartOf(some: readonly string[], all: readonly string[]): boolean {
  if (some[0] !== all[0]) return false;
  let at = 0;
  for (const key of all) if (key === some[at]) at += 1;
  return at === some.length;
}

/** Libraries that answer before they return: nothing could run beside their statements. */
export const synchronous: ReadonlySet<string> = new Set(["better-sqlite3", "node:sqlite", "libsql"]);

/** Equal for equal places. */
export function placeKey({ file, line, column }: CodePlace): string {
  return `${file}:${line}:${column ?? 0}`;
}

function isLoopback({ library, shape }: Statement): boolean {
  return library === "http" && /^\S+ https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/i.test(shape);
}

function statementOf(library: string, text: string): Statement {
  if (library === "http")
    return {
      library,
      shape: text,
      fingerprint: shortHash(text, 16),
      action: "call",
      paged: /[?&](?:page|offset|cursor|after|before|limit|start|skip|page_?token|next)=/i.test(text),
    };
  if (!isSql(library)) {
    const first = text.split(/[ .]/, 1)[0] ?? "";
    return { library, shape: text, fingerprint: shortHash(text, 16), action: actionOfCommand(first), paged: false };
  }
  const shape = shapeOf(text);
  return {
    library,
    shape,
    fingerprint: fingerprintOf(text),
    action: actionOf(shape),
    paged: /\boffset (?:\?|\$)|\blimit \?, \?/.test(shape),
  };
}

const commandLibraries = new Set(["redis", "mongodb", "prisma"]);
const isSql = (library: string): boolean => !commandLibraries.has(library);

function actionOf(shape: string): Action {
  const first = /^[a-z]+/.exec(shape)?.[0] ?? "";
  if (["select", "values", "table", "show", "explain"].includes(first)) return /\bfor (?:update|share)\b/.test(shape) ? "write" : "read";
  if (["insert", "update", "delete", "merge", "replace", "copy", "call"].includes(first)) return "write";
  // A common table expression may hold either.
  if (first === "with") return /\b(?:insert into|update|delete from)\b/.test(shape) ? "write" : "read";
  return "control";
}

const reads =
  /^(?:get|mget|hget|hmget|hgetall|hvals|hkeys|exists|lrange|lindex|llen|smembers|sismember|scard|zrange|zscore|zcard|ttl|type|strlen|keys|find|findone|aggregate|count|distinct|countdocuments|findunique|findfirst|findmany|groupby)/i;
const controls =
  /^(?:select|auth|hello|client|info|ping|quit|multi|exec|watch|unwatch|subscribe|psubscribe|unsubscribe|hello|ismaster|endsessions|getmore|committransaction|aborttransaction|scan|sscan|hscan|zscan)$/i;

function actionOfCommand(name: string): Action {
  if (controls.test(name)) return "control";
  return reads.test(name) ? "read" : "write";
}
