"use strict";
/** Statements and calls that leave the process: what, from where, for which request, how long. */
const { stringify } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { define, writeLine, tryTo, state: recording } = require("./writer.cjs");
const { keyedHash } = require("./keyed-hash.cjs");
const { scopeNow, places, makers } = require("./scope.cjs");
const { scrub } = require("./scrub.cjs");
const { nowhere, siteOf, siteOfBoth } = require("./site.cjs");
const groups = require("./groups.cjs");
const { note } = require("./sources.cjs");

/**
 * @typedef {{ id: number, batch: boolean, values: readonly unknown[] }} Statement `values`: those that stood in the text
 * @typedef {{ scope: import("./scope.cjs").Scope, stmt: Statement, site: import("./site.cjs").CallSite, begun: number, hash: string, own: number, ended: boolean, late: import("./late.cjs").Late | undefined }} Span
 */

const most = 4000;
/** Characters: longer texts are looked at each time, they seldom come again. */
const longest = 4096;
/** Characters of all texts without their values; then they begin anew. */
const mostText = 4 << 20;
const mostSites = 5000;
/** By kind and text; two steps, because a text made of both would be hashed anew each time. @type {Map<string, Map<string, Statement>>} */
const raw = new Map();
/** @type {Map<string, Statement>} */
const known = new Map();
const state = { spans: 0, own: 0, last: 0, text: 0 };

/**
 * Statement of a text in a language; the raw text is remembered only as long as it fits.
 * @param {string} kind "pg", "better-sqlite3", "http" ...
 * @param {string} text
 * @param {import("./scrub.cjs").Quoting | "clean"} quoting
 * @returns {Statement}
 */
function statementOf(kind, text, quoting) {
  let texts = raw.get(kind);
  if (texts === undefined) raw.set(kind, (texts = new Map()));
  let statement = texts.get(text);
  if (statement !== undefined) return statement;
  const { text: clean, values } = quoting === "clean" ? { text, values: [] } : scrub(text, quoting);
  const cleanKey = `${kind}\0${clean}`;
  let same = known.get(cleanKey);
  if (same === undefined) {
    same = { id: ++state.last, batch: isBatch(clean), values: [] };
    state.text += cleanKey.length;
    if (state.text > mostText) {
      known.clear();
      state.text = cleanKey.length;
    }
    known.set(cleanKey, same);
    define(["stmt", same.id, kind, clean]);
  }
  statement = values.length === 0 ? same : { ...same, values };
  if (texts.size > most) texts.clear();
  if (text.length <= longest) texts.set(text, statement);
  return statement;
}

/**
 * @param {Statement} stmt
 * @param {readonly unknown[]} params
 * @param {Function} below the agent's function on the stack, under which the user's frames are
 * @param {import("./site.cjs").CallSite} [carried] when the call came through a queue
 * @param {import("./late.cjs").Late} [late] when its place is known with the answer
 * @returns {Span}
 */
function begin(stmt, params, below, carried, late) {
  if (recording.off) throw new Error("nothing is recorded any more");
  const begun = clock.micros();
  if (stmt.values.length > 0) params = [...params, ...stmt.values];
  const scope = scopeNow();
  const site = carried !== undefined && (carried.id !== 0 || late !== undefined) ? carried : siteIn(scope, stmt.id, below);
  const many = stmt.batch || params.some(isList);
  scope.spans += 1;
  state.spans += 1;
  tryTo(() => {
    if (!many) groups.count(scope, stmt.id, site, params);
    note(scope, stmt.id, params);
  });
  const hash = `${many ? "*" : ""}${hashOf(params)}`;
  const own = clock.micros() - begun;
  return { scope, stmt, site, begun: begun + own, hash, own, ended: false, late };
}

/** The place that was remembered when the user's call came in, else the one on the stack. @param {Function} below @param {boolean} [exactly] */
function siteNow(below, exactly = true) {
  const entered = places.getStore();
  if (entered !== undefined) return entered;
  const site = attempt(() => siteOf(below, exactly)) ?? nowhere;
  const maker = makers.getStore();
  return maker === undefined ? site : siteOfBoth(maker, site);
}

/**
 * Place of a statement where a pool takes it, which hands it on to a connection later.
 * @param {string} kind
 * @param {unknown} text
 * @param {import("./scrub.cjs").Quoting} quoting
 * @param {Function} below
 */
function siteOfText(kind, text, quoting, below) {
  if (typeof text !== "string") return siteNow(below);
  return attempt(() => siteIn(scopeNow(), statementOf(kind, text, quoting).id, below)) ?? nowhere;
}

/** Looks in a row that found one place, after which only every eighth is taken. */
const steady = 8;
/** A statement that had one place in each of so many requests is looked at once in a request, and then at every 32nd. */
const manyRequests = 16;
const calmSteady = 32;
/** Requests in a row in which a statement had one place. @type {Map<number, number>} */
const alike = new Map();

/**
 * The first time in a request the whole stack is looked at, then its beginning; and after a statement has come from one place several times in a row, only
 * at every eighth. A statement that had one place in each of many requests is looked at whole in every eighth of them: a beginning that belongs to several
 * callers is looked at whole whenever that is known.
 * @param {import("./scope.cjs").Scope} scope
 * @param {number} stmt
 * @param {Function} below
 */
function siteIn(scope, stmt, below) {
  const sites = (scope.sites ??= new Map());
  const seen = sites.get(stmt);
  const calm = alike.get(stmt) ?? 0;
  if (seen === undefined) {
    const site = siteNow(below, calm <= manyRequests || calm % steady === 0);
    if (sites.size > mostSites) sites.clear();
    sites.set(stmt, { site, same: 1, n: 1 });
    if (alike.size > mostSites) alike.clear();
    alike.set(stmt, calm + 1);
    return site;
  }
  seen.n += 1;
  const [enough, every] = calm > manyRequests ? [1, calmSteady] : [steady, steady];
  if (seen.same >= enough && seen.n % every !== 0) return seen.site;
  const site = siteNow(below, false);
  // The frames above come and go with `await`.
  if (site.place === seen.site.place) seen.same += 1;
  else {
    seen.same = 1;
    alike.set(stmt, 0);
  }
  seen.site = site;
  return site;
}

/** A list of several values, or several rows: one statement for many. @param {string} sql */
const isBatch = (sql) => /\bin\s*\(\s*[?$:@]\w*\s*,/i.test(sql) || /\bvalues\s*(\([^()]*\))\s*,\s*\(/i.test(sql);

/** Several values in one parameter: an array, or one as JSON. @param {unknown} value */
function isList(value) {
  if (Array.isArray(value)) return value.length > 1;
  return typeof value === "string" && value.startsWith("[") && value.endsWith("]") && value.includes(",");
}

/**
 * What is to be recorded, or undefined when that fails: nothing that goes wrong here may reach the program.
 * @template T
 * @param {() => T} work
 * @returns {T | undefined}
 */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** @param {Span | undefined} span @param {unknown} rows the rows themselves, their number, or undefined when nobody knows @param {boolean} [failed] */
function end(span, rows, failed = false) {
  if (span === undefined || span.ended) return;
  span.ended = true;
  const ended = clock.micros();
  if (span.late === undefined || span.late.done) return record(span, rows, failed, ended);
  span.late.waiting.push(() => {
    const site = span.late?.site;
    if (site !== undefined) {
      span.site = site;
      groups.move(span.scope, span.stmt.id, site);
    }
    record(span, rows, failed, ended);
  });
}

/** @param {Span} span @param {unknown} rows @param {boolean} failed @param {number} ended */
function record(span, rows, failed, ended) {
  const begun = clock.micros();
  const { scope, stmt, site } = span;
  if (Array.isArray(rows)) tryTo(() => groups.remember(scope, stmt.id, site, rows));
  const count = Array.isArray(rows) ? rows.length : typeof rows === "number" ? rows : -1;
  writeLine(
    `["q",${Math.round(span.begun)},${Math.round(ended - span.begun)},${scope.id},${stmt.id},${site.id},"${span.hash}",${count},${failed ? 1 : 0}]`,
  );
  state.own += span.own + clock.micros() - begun;
}

/** A list for rows that come later and one by one. @param {Span} span @returns {unknown[]} */
function rowsOf({ scope, stmt, site }) {
  return groups.grow(scope, stmt.id, site);
}

/** Salted, so that nothing can be looked up in a table: the salt is never written. @param {readonly unknown[]} params */
function hashOf(params) {
  if (params.length === 0) return "";
  let text = "";
  for (const value of params) text += `${typeof value}:${plainText(value)}\0`;
  return keyedHash(text);
}

/** @param {unknown} value */
function plainText(value) {
  if (typeof value === "string") return shortened(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value))
    return shortened(Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, longest)).toString("latin1"), value.byteLength);
  try {
    return shortened(stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner)));
  } catch {
    return "?";
  }
}

/** A document in a parameter is told from others by its length and ends. @param {string} text @param {number} [length] */
function shortened(text, length = text.length) {
  return length <= longest ? text : `${text.slice(0, longest / 2)}${text.slice(-longest / 2)}${length}`;
}

module.exports = { attempt, statementOf, begin, end, rowsOf, siteNow, siteOfText, state };
