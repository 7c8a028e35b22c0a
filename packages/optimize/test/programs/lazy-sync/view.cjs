const { readFileSync } = require("node:fs");

// clean: while the module is loaded, once
const own = readFileSync(__filename, "utf8").length;

exports.render = (text, times) => text.slice(0, own).repeat(times).length;
