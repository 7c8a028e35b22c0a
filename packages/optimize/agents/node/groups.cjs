"use strict";
/**
 * Where the parameters of repeated statements came from. When one statement is run from one place for the fifth time in a scope, its parameters
 * are looked for in the columns of one earlier result of the scope: found there, the rows of that result are the loop's own count.
 * Rows are looked at in memory only; what is written is counts and the name of a column.
 */
const { hiddenWord } = require("./words.cjs");
const { write } = require("./writer.cjs");

const enough = 5;
const mostPositions = 8;
const mostRows = 5000;
const mostSets = 24;
const mostColumns = 40;

/** Rows that a scope holds on to, whatever the program does with them. */
const mostHeld = 20_000;
const mostGroups = 5000;

const mostOrigins = 4;
const mostPlaces = 2 ** 24;
const mostSearches = 40;

/**
 * @typedef {import("./scope.cjs").Scope} Scope
 * @typedef {import("./scope.cjs").ResultSet} ResultSet
 * @typedef {import("./site.cjs").CallSite} CallSite
 * @typedef {{ set: ResultSet, column: string | number, position: number, values: Set<unknown>, asked: Set<unknown>, count: number, site: number, upTo: number }} Origin
 * @typedef {{ stmt: number, site: number, n: number, searched: number, recent: unknown[][], origins: Origin[], last: unknown, chained: number }} Group
 */

/**
 * One statement at one line: the frames above it come and go with `await`.
 * @param {Scope} scope
 * @param {number} stmt
 * @param {CallSite} site
 * @param {readonly unknown[]} params
 */
function count(scope, stmt, site, params) {
  const key = stmt * mostPlaces + site.place;
  const groups = (scope.groups ??= new Map());
  let group = groups.get(key);
  if (group === undefined) {
    if (groups.size >= mostGroups) return;
    group = { stmt, site: 0, n: 0, searched: 0, recent: [], origins: [], last: undefined, chained: 0 };
    groups.set(key, group);
  }
  group.n += 1;
  group.site = site.id;
  const values = params.slice(0, mostPositions).map(plain);
  for (const origin of group.origins) {
    if (!holds(origin, values[origin.position]) || isOver(scope, origin)) continue;
    origin.count += 1;
    origin.asked.add(values[origin.position]);
    origin.site = site.id;
    return;
  }
  if (isFrom(group.last, values)) group.chained += 1;
  group.recent.push(values);
  if (group.recent.length > enough) group.recent.shift();
  // A group without an origin is not searched for ever.
  if (group.recent.length < enough || group.searched > mostSearches) return;
  group.searched += 1;
  const origin = search(scope, group);
  if (origin === undefined) return;
  group.recent = [];
  group.searched = 0;
  if (group.origins.length >= mostOrigins) say(scope, group, group.origins.shift());
  group.origins.push(origin);
}

/** Whether the column has the value; rows may have come since it was looked at. @param {Origin} origin @param {unknown} value */
function holds(origin, value) {
  if (origin.values.has(value)) return true;
  const { rows } = origin.set;
  for (; origin.upTo < Math.min(rows.length, mostRows); origin.upTo += 1) {
    const one = valueIn(rows[origin.upTo], origin.column);
    if (one !== undefined) origin.values.add(one);
  }
  return origin.values.has(value);
}

/** @param {unknown} row @param {string | number} column */
const valueIn = (row, column) => (typeof row === "object" && row !== null ? plain(Reflect.get(row, column)) : undefined);

/** The same result was read again: what follows is a new loop. @param {Scope} scope @param {Origin} origin */
function isOver(scope, { count, set }) {
  return count >= set.rows.length && scope.sets.at(-1) !== set && isNewer(scope, set);
}

/** @param {Scope} scope @param {ResultSet} set */
function isNewer(scope, set) {
  return scope.sets.slice(scope.sets.indexOf(set) + 1).some((one) => one.stmt === set.stmt && one.place === set.place);
}

/** @param {Scope} scope @param {Group} group @returns {Origin | undefined} */
function search(scope, group) {
  if (scope.sets.length === 0) return undefined;
  const positions = group.recent[0]?.length ?? 0;
  for (const set of [...scope.sets].reverse()) {
    // Pages are read by what the page before them ends with: that is no list to loop over.
    if (set.stmt === group.stmt) continue;
    const columns = columnsIn(set);
    for (let position = 0; position < positions; position += 1) {
      const asked = group.recent.map((values) => values[position]);
      if (new Set(asked).size < 2 || asked.includes(undefined)) continue;
      const fitting = [...columns].filter(([, values]) => asked.every((value) => values.has(value)));
      if (fitting.length === 0) continue;
      // Small numbers are in many columns: the one whose rows come in the order in which they were asked for is the right one.
      let best = /** @type {[string | number, Set<unknown>]} */ (fitting[0]);
      for (const one of fitting.slice(1)) if (order(set.rows, one[0], asked) > order(set.rows, best[0], asked)) best = one;
      const [column, values] = best;
      return {
        set,
        column,
        position,
        values,
        asked: new Set(asked),
        count: group.recent.length,
        site: group.site,
        upTo: Math.min(set.rows.length, mostRows),
      };
    }
  }
  return undefined;
}

/** How many of the values stand in the first rows in the same order. @param {readonly unknown[]} rows @param {string | number} column @param {readonly unknown[]} asked */
function order(rows, column, asked) {
  let at = 0;
  for (const row of rows.slice(0, 64))
    if (at < asked.length && plain(Reflect.get(/** @type {object} */ (row), column)) === asked[at]) at += 1;
  return at;
}

/** Values by column, as far as the rows have come. @param {ResultSet} set */
function columnsIn(set) {
  if (set.columns === undefined || set.upTo !== set.rows.length) set.columns = columnsOf(set.rows);
  set.upTo = set.rows.length;
  return set.columns;
}

/** @param {readonly unknown[]} rows */
function columnsOf(rows) {
  /** @type {Map<string | number, Set<unknown>>} */
  const columns = new Map();
  const [first] = rows;
  if (typeof first !== "object" || first === null) return columns;
  const names = Array.isArray(first) ? first.map((_, index) => index) : Object.keys(first);
  for (const name of names.slice(0, mostColumns)) {
    const values = new Set();
    for (const row of rows.slice(0, mostRows)) {
      const value = valueIn(row, name);
      if (value !== undefined) values.add(value);
    }
    if (values.size > 1) columns.set(name, values);
  }
  return columns;
}

/** A scalar as it is compared: drivers give a big number as text in one place and as a number in another. @param {unknown} value */
function plain(value) {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  // ObjectId and the like.
  const toHexString = /** @type {{ toHexString?: unknown } | null} */ (value)?.toHexString;
  if (typeof value === "object" && typeof toHexString === "function") return String(Reflect.apply(toHexString, value, []));
  return undefined;
}

/** Whether a parameter is a value of this row. @param {unknown} row @param {readonly unknown[]} params as they are compared */
function isFrom(row, params) {
  if (typeof row !== "object" || row === null) return false;
  for (const name of Object.keys(row)) {
    const value = plain(Reflect.get(row, name));
    if (value !== undefined && params.includes(value)) return true;
  }
  return false;
}

/**
 * Remembers a result that a loop may run over, and the row by which the next one may be asked for (pages, linked lists).
 * @param {Scope} scope
 * @param {number} stmt
 * @param {CallSite} site
 * @param {readonly unknown[]} rows
 */
function remember(scope, stmt, site, rows) {
  // Counted before its place was known, it stands without one.
  const group = scope.groups?.get(stmt * mostPlaces + site.place) ?? scope.groups?.get(stmt * mostPlaces);
  if (group !== undefined) group.last = rows.at(-1);
  if (rows.length < 2) return;
  keep(scope, stmt, site, rows.length > mostRows ? firstOf(rows) : rows);
}

/** Their number stays; who reads a million of them lets go of most. @param {readonly unknown[]} rows @returns {unknown[]} */
function firstOf(rows) {
  const first = rows.slice(0, mostRows);
  first.length = rows.length;
  return first;
}

/** @param {Scope} scope @param {number} stmt @param {CallSite} site @param {readonly unknown[]} rows */
function keep({ sets }, stmt, site, rows) {
  if (sets.length >= mostSets) sets.shift();
  sets.push({ stmt, site: site.id, place: site.place, rows, columns: undefined, upTo: 0 });
  let held = 0;
  let first = sets.length;
  while (first > 0 && held <= mostHeld) held += Math.min(sets[--first]?.rows.length ?? 0, mostRows);
  if (held > mostHeld) sets.splice(0, first + 1);
}

/** One more row of a result that comes row by row. @param {unknown[]} rows @param {unknown} row */
function add(rows, row) {
  rows.push(rows.length < mostRows ? row : undefined);
}

/** The place of a statement became known: what was counted without one is there. @param {Scope} scope @param {number} stmt @param {CallSite} site */
function move(scope, stmt, site) {
  const group = scope.groups?.get(stmt * mostPlaces);
  if (group === undefined) return;
  group.site = site.id;
  for (const origin of group.origins) origin.site = site.id;
}

/** A result whose rows come one by one. @param {Scope} scope @param {number} stmt @param {CallSite} site @returns {unknown[]} */
function grow(scope, stmt, site) {
  /** @type {unknown[]} */
  const rows = [];
  keep(scope, stmt, site, rows);
  return rows;
}

/** Says what is known of an origin. @param {Scope} scope @param {Group} group @param {Origin | undefined} origin */
function say(scope, group, origin) {
  if (origin === undefined) return;
  const { set, column, values, asked, count, site } = origin;
  // Of documents that are maps, a key is data.
  const name = typeof column === "number" ? `#${column + 1}` : hiddenWord(column);
  write(["origin", scope.id, group.stmt, site, set.stmt, set.site, set.rows.length, values.size, name, count, asked.size]);
}

/** @param {Scope} scope */
function closeAll(scope) {
  for (const group of scope.groups?.values() ?? []) {
    for (const origin of group.origins) say(scope, group, origin);
    if (group.chained >= enough - 2) write(["chain", scope.id, group.stmt, group.site, group.n, group.chained]);
  }
  scope.groups = undefined;
  scope.sets = [];
}

module.exports = { count, remember, grow, add, move, closeAll };
