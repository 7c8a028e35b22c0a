import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

/** Asks as Knex does: in a promise of a pool, which nothing of the program waits for once `then` was given functions. */
const augmenter = `const http = require("node:http");
const soon = () => new Promise((resolve) => setImmediate(resolve));
async function run({ url }) {
  await soon();
  return new Promise((resolve) => soon().then(() => http.get(url, (answer) => answer.resume().on("end", () => resolve(url)))));
}
exports.augmentWithBuilderInterface = (Target) => {
  Target.prototype.then = function () {
    const result = run(this);
    return result.then.apply(result, arguments);
  };
};`;

const program = `const http = require("node:http");
const { augmentWithBuilderInterface } = require("knex/lib/builder-interface-augmenter.js");
class Builder { constructor(url) { this.url = url; } }
augmentWithBuilderInterface(Builder);
// No server of Node's: a program that answers itself is not its own client.
const reply = "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n";
const server = require("node:net").createServer((socket) => socket.once("data", () => socket.end(reply))).listen(0, "127.0.0.1", async () => {
  const at = "http://127.0.0.1:" + server.address().port;
  await new Builder(at + "/handed").then(() => {
    http.get(at + "/own", (answer) => answer.resume());
    return new Builder(at + "/nested").then((one) => one);
  });
  server.close();
});`;

describe("builders that ask when they are waited for", () => {
  it("have the place of their `then`, which is not that of what the program does with the answer", async () => {
    const folder = temporaryFolder({
      "main.cjs": program,
      "node_modules/knex/package.json": '{ "name": "knex", "version": "3.0.0" }',
      "node_modules/knex/lib/builder-interface-augmenter.js": augmenter,
    });
    const { of } = await observed([process.execPath, "main.cjs"], { cwd: folder });
    const places = of("statement").map(({ shape, place }) => `${/\/(\w+)$/.exec(shape)?.[1]} ${place?.line}`);
    expect(places.toSorted()).toEqual(["handed 9", "nested 11", "own 10"]);
  });

  it("have the place where they were made, when a function only hands them on", async () => {
    const folder = temporaryFolder({
      "main.cjs": `const Client = require("knex/lib/client.js");
const client = new Client();
const reply = "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n";
function handedOn(url) {
  return client.queryBuilder(url);
}
const server = require("node:net").createServer((socket) => socket.once("data", () => socket.end(reply))).listen(0, "127.0.0.1", async () => {
  const at = "http://127.0.0.1:" + server.address().port;
  await handedOn(at + "/handed");
  const own = client.queryBuilder(at + "/own");
  await own.then((one) => one);
  server.close();
});`,
      "node_modules/knex/package.json": '{ "name": "knex", "version": "3.0.0" }',
      "node_modules/knex/lib/builder-interface-augmenter.js": augmenter,
      "node_modules/knex/lib/client.js": `const { augmentWithBuilderInterface } = require("./builder-interface-augmenter.js");
class Builder { constructor(url) { this.url = url; } }
augmentWithBuilderInterface(Builder);
module.exports = class { queryBuilder(url) { return new Builder(url); } };`,
    });
    const { of } = await observed([process.execPath, "main.cjs"], { cwd: folder });
    const places = of("statement").map(({ shape, place }) => `${/\/(\w+)$/.exec(shape)?.[1]} ${place?.line}`);
    expect(places.toSorted()).toEqual(["handed 5", "own 11"]);
  });
});

describe("models that ask later than they are called", () => {
  it("have the place of the call, though the function that made it has left the stack", async () => {
    const folder = temporaryFolder({
      "main.cjs": `const Model = require("sequelize/lib/model.js");
class Order extends Model {}
const reply = "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n";
function handsOn(at) {
  return Order.count(at + "/counted", at + "/found");
}
const server = require("node:net").createServer((socket) => socket.once("data", () => socket.end(reply))).listen(0, "127.0.0.1", async () => {
  const at = "http://127.0.0.1:" + server.address().port;
  await handsOn(at);
  server.close();
});`,
      "node_modules/sequelize/package.json": '{ "name": "sequelize", "version": "6.0.0" }',
      "node_modules/sequelize/lib/model.js": `const http = require("node:http");
const soon = () => new Promise((resolve) => setImmediate(resolve));
const ask = (url) => new Promise((resolve) => http.get(url, (answer) => answer.resume().on("end", resolve)));
module.exports = class Model {
  static async count(first, second) {
    await soon();
    await ask(first);
    await this.findAll(second);
  }
  static async findAll(url) {
    await soon();
    await ask(url);
  }
};`,
    });
    const { of } = await observed([process.execPath, "main.cjs"], { cwd: folder });
    const places = of("statement").map(({ shape, place }) => `${/\/(\w+)$/.exec(shape)?.[1]} ${place?.line}`);
    expect(places.toSorted()).toEqual(["counted 5", "found 5"]);
  });
});
