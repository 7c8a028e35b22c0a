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
});
