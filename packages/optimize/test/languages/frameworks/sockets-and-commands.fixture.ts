import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "socket.io and ws",
    files: {
      "src/a.ts": `import { Server } from "socket.io";
const io = new Server(3000);
io.on("connection", (socket) => { socket.on("say", async (text) => { io.emit("said", text); }); });`,
      "src/b.ts": `import { WebSocketServer } from "ws";
const server = new WebSocketServer({ port: 0 });
server.on("connection", (socket) => { socket.on("message", (data) => { socket.send(data); }); });`,
    },
    expect: ["socket connection", "socket connection", "socket message", "socket say"],
  },
  {
    title: "commander and yargs",
    files: {
      "src/a.ts": `import { Command } from "commander";
const program = new Command("shop");
program.command("import <file>").option("-f").action(async (file) => {});
program.parse();`,
      "src/b.ts": `import yargs from "yargs";
yargs(process.argv).command("serve [port]", "starts", (y) => y.option("x", {}), async (argv) => {}).parse();`,
    },
    expect: ["command import", "command serve"],
  },
  {
    title: "annotated functions and a bare server",
    files: {
      "src/handler.ts": `import type { APIGatewayProxyHandler, SQSHandler } from "aws-lambda";
export const orders: APIGatewayProxyHandler = async (event) => ({ statusCode: 200, body: "" });
export const drain: SQSHandler = async (event) => {};`,
      "src/server.ts": `import { createServer } from "node:http";
createServer((request, response) => { response.end(); }).listen(0);`,
    },
    expect: ["ALL /", "ALL orders", "job drain"],
  },
  {
    title: "functions that a message chooses from a table, by the words of its name",
    files: {
      "src/app.ts": `import { Server } from "socket.io";
import * as topics from "./topics";
import * as posts from "./posts";
const handlers: any = { topics, posts, a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {} };
async function onMessage(socket: any, event: string, data: any, done: any) {
  const method = event.split(".").reduce((part: any, name: string) => (part && part[name] ? part[name] : null), handlers);
  if (!method) return done();
  done(await method(socket, data));
}
const io = new Server(3000);
io.on("connection", (socket) => { socket.onAny((event, ...args) => onMessage(socket, event, args[0], args[1])); });`,
      "src/topics.ts": `export async function read(socket, data) { return data; }\nexport const admin = { pin: async () => {} };`,
      "src/posts.ts": `export async function vote(socket, data) { return data; }`,
    },
    expect: ["socket (unnamed)", "socket connection", "socket posts.vote", "socket topics.admin.pin", "socket topics.read"],
  },
  {
    title: "a table that no message chooses from",
    files: {
      "src/app.ts": `import express from "express";
const formats: any = { a() {}, b() {}, c() {}, d() {}, e() {}, f() {}, g() {}, h() {}, i() {} };
express().get("/", (req, res) => res.json(formats[req.query.as]()));`,
    },
    expect: ["GET /"],
  },
  {
    title: "listeners of things that are no sockets, no queues and no routers",
    files: {
      "src/a.ts": `import { EventEmitter } from "node:events";
const bus = new EventEmitter();
bus.on("connection", () => {});
const jobs = { process(fn: () => void) { fn(); } };
jobs.process(() => {});`,
    },
    expect: [],
  },
];

export default fixtures;
