"use strict";
/** Prints stacks of errors of all kinds, as they are. */
const http = require("node:http");
const fs = require("node:fs");
const path = require("node:path");
const pg = require("pg");

const say = (name, { stack }) => process.stdout.write(`${name}: ${stack.replaceAll(__dirname, "").replace(/:\d{5}\b/g, ":port")}\n`);
Error.stackTraceLimit = 50;

say("module", new Error("made"));
fs.mkdirSync(path.join(process.env.PLACE, "node_modules/pg"), { recursive: true });
for (const [name, text] of [
  ["throws.cjs", `throw new Error("thrown")`],
  ["syntax.cjs", "const = 1"],
  ["more.cjs", `require("./missing.cjs")`],
]) {
  fs.writeFileSync(path.join(process.env.PLACE, name), text);
  try {
    require(path.join(process.env.PLACE, name));
  } catch (error) {
    say(name, { stack: error.stack.replaceAll(process.env.PLACE, "") });
  }
}
const attempt = (name, work) => {
  try {
    work();
  } catch (error) {
    say(name, error);
  }
};

attempt("fs", () => fs.readFileSync("/no/such/file"));
attempt("pg", () => new pg.Client().query(null));
attempt("http", () => http.get("no address"));

const server = http.createServer((request, response) => {
  say("handler", new Error("made"));
  attempt("fs in a request", () => fs.readFileSync("/no/such/file"));
  request.on("end", () => {
    say("body", new Error("made"));
    response.end();
  });
  request.resume();
});
server.listen(0, "127.0.0.1", () => {
  const request = http.request({ port: server.address().port, method: "POST", agent: false }, (answer) =>
    answer.resume().on("end", () => server.close()),
  );
  request.end("text");
});
