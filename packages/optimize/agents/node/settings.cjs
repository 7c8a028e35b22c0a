"use strict";
/** What the command handed over in the environment; undefined when the agent was loaded without it. */

/**
 * @typedef {{ out: string, salt: string, cpu: boolean, heap: boolean, attachedBy?: number, spans: boolean, handedOver?: boolean }} Settings `handedOver`:
 *   what is written is read on another machine, or by another user
 */

const { getEnvironmentData, setEnvironmentData } = require("node:worker_threads");
const key = "optimize.agent";

/** @returns {Settings | undefined} */
function readSettings() {
  try {
    // A worker may have been given an environment of its own.
    const text = process.env.OPTIMIZE_AGENT ?? getEnvironmentData(key);
    const value = JSON.parse(typeof text === "string" ? text : "");
    setEnvironmentData(key, text);
    return typeof value.out === "string" && typeof value.salt === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Programs that only start others: their own work says nothing about the application. */
const starters = /[\\/](?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\.c?js|\.mjs)?$/;

const isStarter = starters.test(process.argv[1] ?? "") || /[\\/]\.yarn[\\/]releases[\\/]/.test(process.argv[1] ?? "");

module.exports = { settings: readSettings(), isStarter };
