"use strict";
/**
 * Words that may be a customer's: parts of addresses and of keys, names of hosts. They leave as a keyed hash, `{#w…}`; the command, which has the key
 * and never writes it, knows those again that stand in the program's own sources, and shows no other.
 */
const { createHmac } = require("node:crypto");
const { settings } = require("./settings.cjs");

const most = 4000;
/** @type {Map<string, string>} */
const known = new Map();

/** Words that interfaces have in common, by convention or because a library answers them. */
const common = new Set([
  "",
  "api",
  "graphql",
  "rest",
  "rpc",
  "health",
  "healthz",
  "ready",
  "readyz",
  "live",
  "livez",
  "metrics",
  "status",
  "favicon.ico",
]);

/** @param {string} word */
const hiddenWord = (word) => (common.has(word) || /^v\d{1,3}$/.test(word) ? word : hidden("w", word));

/** A host as it is when it is this machine or stands in the environment, where people configure it. @param {string} host with its port */
function hiddenHost(host) {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|)$/.test(name) || isConfigured(name)) return host;
  return `${hidden("h", name)}${host.slice(name.length)}`;
}

/** @type {string | undefined} */
let environment;

/** @param {string} name */
function isConfigured(name) {
  environment ??= Object.values(process.env).join("\n").toLowerCase();
  const at = environment.indexOf(name);
  return at >= 0 && !/[\w.-]/.test(environment[at - 1] ?? "") && !/[\w.-]/.test(environment[at + name.length] ?? "");
}

/** @param {"w" | "h"} kind @param {string} word */
function hidden(kind, word) {
  const key = kind + word;
  let text = known.get(key);
  if (text === undefined) {
    text = `{#${kind}${createHmac("sha256", settings?.salt ?? "")
      .update(key)
      .digest("base64url")
      .slice(0, 16)}}`;
    if (known.size > most) known.clear();
    known.set(key, text);
  }
  return text;
}

module.exports = { hiddenWord, hiddenHost };
