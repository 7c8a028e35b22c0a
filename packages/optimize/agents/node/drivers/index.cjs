"use strict";
/**
 * Every library that is observed, one file each.
 * @typedef {{ start?: () => void, hooks?: readonly import("../modules.cjs").Hook[] }} Driver
 */

/** @type {readonly Driver[]} */
const drivers = [
  require("./better-sqlite3.cjs"),
  require("./node-sqlite.cjs"),
  require("./pg.cjs"),
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
