"use strict";
/**
 * Whether what a statement asks for is known before the statements before it have answered: for each of its parameters, over several requests, the same
 * part of the request, or always the same value. Two requests with different values tell chance apart.
 */
const { define } = require("./writer.cjs");

const mostScopes = 50;
const mostPositions = 20;
const mostStatements = 5000;

/**
 * @typedef {{ sources: Set<string>, values: Set<string>, last: string }} Position
 * @typedef {{ scopes: number, scope: number, positions: Position[], ready: boolean }} Statement
 */

/** @type {Map<number, Statement>} */
const statements = new Map();

/** Parts of a request's address by place and name. @param {string} url @returns {Map<string, string[]>} */
function partsOf(url) {
  /** @type {Map<string, string[]>} */
  const known = new Map();
  const [path = "", query = ""] = url.split("?", 2);
  const put = (/** @type {string} */ value, /** @type {string} */ source) => {
    if (value !== "") known.set(value, [...(known.get(value) ?? []), source]);
  };
  for (const [index, part] of path.split("/").slice(0, 20).entries()) put(decode(part), `path ${index}`);
  for (const pair of query === "" ? [] : query.split("&").slice(0, 20)) {
    const at = pair.indexOf("=");
    if (at > 0) put(decode(pair.slice(at + 1)), `query ${pair.slice(0, at)}`);
  }
  return known;
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @param {import("./scope.cjs").Scope} scope @param {number} stmt @param {readonly unknown[]} params */
function note(scope, stmt, params) {
  if (scope.kind === "program") return;
  const before = statements.get(stmt);
  // Once in each request: a loop says nothing about where its parameters come from here.
  if (before?.scope !== scope.id && (before?.scopes ?? 0) < mostScopes)
    learn(scope, stmt, params.slice(0, mostPositions).map(String), before);
}

/** @param {import("./scope.cjs").Scope} scope @param {number} stmt @param {readonly string[]} values @param {Statement | undefined} before */
function learn(scope, stmt, values, before) {
  const known = (scope.known ??= partsOf(scope.path));
  const positions = values.map((value, index) => {
    const sources = known.get(value) ?? [];
    const seen = before?.positions[index];
    if (seen === undefined) return { sources: new Set(sources), values: new Set([value]), last: value };
    return {
      sources: new Set(sources.filter((source) => seen.sources.has(source))),
      values: seen.values.size > 8 ? seen.values : seen.values.add(value),
      last: value,
    };
  });
  const scopes = (before?.scopes ?? 0) + 1;
  const ready = scopes >= 2 && positions.every(({ sources, values: seen }) => seen.size === 1 || sources.size > 0);
  if (statements.size > mostStatements) statements.clear();
  statements.set(stmt, { scopes, scope: scope.id, positions, ready });
  if (ready !== (before?.ready ?? false)) define(["ready", stmt, ready]);
}

module.exports = { note };
