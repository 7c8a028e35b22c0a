"use strict";
/**
 * Takes the values out of a statement's text before anything is kept of it. The command makes the canonical shape of the rest.
 * What cannot be told apart from a value counts as one.
 */

const { hiddenWord } = require("./words.cjs");

/** @typedef {"plain" | "backslash" | "sqlite"} Quoting `backslash`: MySQL, where a backslash escapes and double quotes are strings; `sqlite`, where they are strings when there is no such column */

const plain =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|\b[xXbBnN]?'(?:[^']|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|(\$[A-Za-z_]?\w*\$)[\s\S]*?(?:\1|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|[$:@]\w+|[A-Za-z_]\w*|\d[\w.]*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/g;
const backslash =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\b[xXbBnN]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$)|`[^`]*(?:`|$)|[$:@]\w+|[A-Za-z_]\w*|\d[\w.]*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/g;

const longest = 20_000;

/** The text without its values, and the values: they are parameters of another kind. @param {string} sql @param {Quoting} quoting */
function scrub(sql, quoting) {
  /** @type {string[]} */
  const values = [];
  const take = (/** @type {string} */ word) => {
    values.push(/^['"]/.test(word) ? word.slice(1, -1) : word);
    return "?";
  };
  const text = sql.length > longest ? sql.slice(0, longest) : sql;
  const clean = text.replace(quoting === "backslash" ? backslash : plain, (word, ...rest) => {
    const first = word[0] ?? "";
    if (first === "-" || first === "#" || first === "/") return " ";
    if (first === "'" || (quoting === "backslash" && first === '"')) return take(word);
    if (quoting === "sqlite" && first === '"' && mayBeText(word, placeOf(rest), text)) return take(word);
    if (/^[xXbBnNeE]'/.test(word)) return take(word);
    if (first === "$" && /^\$[A-Za-z_]?\w*\$/.test(word)) return take(word);
    if (first === '"' || first === "`" || /[$:@A-Za-z_]/.test(first)) return word;
    return take(word);
  });
  return { text: clean, values };
}

/** Where the word stands: the first number behind the groups. @param {readonly unknown[]} rest */
function placeOf(rest) {
  return /** @type {number} */ (rest.find((one) => typeof one === "number"));
}

const compared = /(?:[=<>]|\b(?:like|glob|match|regexp|is|not)|\bin\s*\((?:\s*"\w*"\s*,)*)\s*$/i;
const listed = /\bvalues\s*\((?:[^()]|\)\s*,\s*\()*$/i;

/** No name as columns have one, or what something is compared with and is not qualified, or a value to be put in. @param {string} word @param {number} at @param {string} text */
function mayBeText(word, at, text) {
  if (!/^"\w+"$/.test(word)) return true;
  const before = text.slice(Math.max(0, at - 2000), at);
  return (compared.test(before) || listed.test(before)) && text[at + word.length] !== ".";
}

/**
 * A request's address without what can be a value: `/users/41/bob?q=x` -> `/users/:id/{#…}?q=?` with all words hidden, and the values, those that
 * certainly are some first.
 * @param {string} address
 */
function scrubAddress(address) {
  const values = /** @type {string[]} */ ([]);
  const words = /** @type {string[]} */ ([]);
  const [rest = "", query = ""] = cut(address.replace(/#.*$/s, ""), "?");
  const path = rest
    .split("/")
    .map((part) => {
      if (part !== "") (isValue(part) ? values : words).push(part);
      return isValue(part) ? ":id" : hiddenWord(part);
    })
    .join("/");
  const names =
    query === ""
      ? []
      : query.split("&").map((pair) => {
          const [name = "", value = ""] = cut(pair, "=");
          values.push(value);
          return isValue(name) ? "?" : `${hiddenWord(name)}=?`;
        });
  return { text: names.length === 0 ? path : `${path}?${names.join("&")}`, values: [...values, ...words] };
}

/** Numbers, identifiers made by machines, encoded or long text: no word of an interface. @param {string} part */
function isValue(part) {
  return /^\d/.test(part) || /%|@|=/.test(part) || part.length > 32 || (/\d/.test(part) && !/^(?:v\d+|[a-z]{2,}\d)$/.test(part));
}

/** @param {string} text @param {string} at */
function cut(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}

module.exports = { scrub, scrubAddress };
