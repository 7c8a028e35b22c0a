"use strict";
/** What the command handed over in the environment; undefined when the agent was loaded without it. */

/** @typedef {{ out: string, salt: string, cpu: boolean, heap: boolean, spans: boolean, sync: boolean, stopAfter: number }} Settings */

/** @returns {Settings | undefined} */
function readSettings() {
  try {
    const value = JSON.parse(process.env.OPTIMIZE_AGENT ?? "");
    return typeof value.out === "string" && typeof value.salt === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Programs that only start others: their own work says nothing about the application. */
const starters = /[\\/](?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\.c?js|\.mjs)?$/;

const isStarter = starters.test(process.argv[1] ?? "") || /[\\/]\.yarn[\\/]releases[\\/]/.test(process.argv[1] ?? "");

module.exports = { settings: readSettings(), isStarter };
