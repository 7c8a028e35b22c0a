"use strict";
/**
 * Every library that is observed, one file each.
 * @typedef {{ start?: () => void, hooks?: readonly import("../modules.cjs").Hook[], sources?: readonly import("../esm.cjs").Source[] }} Driver
 *   `sources`: files that are modules of ECMAScript; the hooks are told of them as of all others
 */

/** @type {readonly Driver[]} */
const drivers = [
  require("./better-sqlite3.cjs"),
  require("./node-sqlite.cjs"),
  require("./libsql.cjs"),
  require("./pg.cjs"),
  require("./postgres.cjs"),
  require("./mysql2.cjs"),
  require("./mongodb.cjs"),
  require("./redis.cjs"),
  require("./fetch.cjs"),
  require("./http-client.cjs"),
  require("./frameworks.cjs"),
  require("./entries.cjs"),
  require("./prisma.cjs"),
  require("./blocking.cjs"),
];

module.exports = { drivers };
