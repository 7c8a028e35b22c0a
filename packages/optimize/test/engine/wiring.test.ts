import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const contract = {
  file: "src/tags.ts",
  text: `export interface Tags { one(id: string): Promise<unknown> }
export interface TagService { all(ids: string[]): Promise<unknown[]> }
`,
};
const stored = {
  file: "src/stored-tags.ts",
  text: `import mongoose from "mongoose";
import { Tags } from "./tags.js";
const Tag = mongoose.model("Tag", new mongoose.Schema({ name: String }));
export default class StoredTags implements Tags {
  one = async (id: string) => { return await Tag.findById(id); };
}
`,
};
const service = {
  file: "src/service.ts",
  text: `import { Tags, TagService } from "./tags.js";
export class Service implements TagService {
  constructor(private tags: Tags) {}
  all = async (ids: string[]) => {
    const found = [];
    for (const id of ids) found.push(await this.tags.one(id));
    return found;
  };
}
`,
};
/** The handlers are fields that a function of the project made, of functions that ask `this`. */
const controller = {
  file: "src/controller.ts",
  text: `import { TagService } from "./tags.js";
const caught = (fn: any) => (req: any, res: any, next: any) => { fn(req, res).catch(next); };
export class Controller {
  constructor(private service: TagService) {}
  list = caught(async (req: any, res: any) => { res.json(await this.service.all(req.body.ids)); });
}
`,
};
const app = {
  file: "src/app.ts",
  text: `import express from "express";
import { Controller } from "./controller.js";
export const start = (made: { controller: Controller }) => {
  express().get("/tags", made.controller.list);
};
`,
};

async function found(...files: readonly { readonly file: string; readonly text: string }[]): Promise<readonly (string | undefined)[][]> {
  const { findings } = await analyzeSources(files);
  return findings.filter(({ rule }) => rule === "db/n-plus-one").map(({ site, routes }) => [site.file, ...(routes ?? [])]);
}

describe("what a constructor takes by its interface", () => {
  test("is the class of the program that implements it", async () => {
    expect(await found(contract, stored, service, controller, app)).toEqual([["src/service.ts", "GET /tags"]]);
  });

  test("is unknown when no class says so", async () => {
    const silent = { ...stored, text: stored.text.replace(" implements Tags", "") };
    expect(await found(contract, silent, service, controller, app)).toEqual([]);
  });

  test("is any of several classes, as overrides are", async () => {
    const memory = {
      file: "src/memory-tags.ts",
      text: `import { Tags } from "./tags.js";
export class MemoryTags implements Tags { one = async (id: string) => ({ id }); }
`,
    };
    expect(await found(contract, memory, stored, service, controller, app)).toEqual([["src/service.ts", "GET /tags"]]);
  });
});

describe("a type that takes another", () => {
  const proxy = { file: "src/proxy.ts", text: "export type Proxy<T> = () => T;\nexport interface Box<T> { inside: T }\n" };
  const order = {
    file: "src/order.ts",
    text: `import { Model } from "objection";
export class Order extends Model { static tableName = "orders"; }
`,
  };
  const orders = (type: string, call: string): { file: string; text: string } => ({
    file: "src/orders.ts",
    text: `import express from "express";
import { Order } from "./order.js";
import type { Box, Proxy } from "./proxy.js";
class Orders {
  constructor(private readonly order: ${type}) {}
  list = async (req: any, res: any) => {
    for (const id of req.body.ids) await ${call}.query().findById(id);
    res.end();
  };
}
export const start = (orders: Orders) => { express().post("/orders", orders.list); };
`,
  });

  test("stands for it where it gives it back, or holds it", async () => {
    expect(await found(proxy, order, orders("Proxy<typeof Order>", "this.order()"))).toEqual([["src/orders.ts", "POST /orders"]]);
    expect(await found(proxy, order, orders("Box<Proxy<typeof Order>>", "this.order.inside()"))).toEqual([
      ["src/orders.ts", "POST /orders"],
    ]);
  });

  test("says nothing when it is given something unknown", async () => {
    expect(await found(proxy, order, orders("Proxy<unknown>", "this.order()"))).toEqual([]);
  });
});

describe("functions put one after the other", () => {
  const mixins = (made: string): { file: string; text: string } => ({
    file: "src/orders.ts",
    text: `import express from "express";
import * as R from "ramda";
import { flowRight } from "lodash";
import { Model, compose } from "objection";
const named = (Base: any) => class Named extends Base { get title() { return "order"; } };
const dated = (Base: any) => class Dated extends Base { get at() { return 0; } };
const length = (Base: any) => "Base".length;
class Order extends ${made} { static tableName = "orders"; }
express().post("/orders", async (req, res) => {
  for (const id of req.body.ids) await Order.query().findById(id);
  res.end();
});
`,
  });

  test.each([
    "R.pipe(named, dated)(Model)",
    "R.compose(named, dated)(Model)",
    "flowRight([named, dated])(Model)",
    "compose(named, dated)(Model)",
  ])("%s is a class of the last one's base", async (made) => {
    expect(await found(mixins(made))).toEqual([["src/orders.ts", "POST /orders"]]);
  });

  test("give what the last of them gives", async () => {
    expect(await found(mixins("R.pipe(named, length)(Model)"))).toEqual([]);
  });
});

describe("what a context of a request was given", () => {
  const app = (read: string): { file: string; text: string } => ({
    file: "src/app.ts",
    text: `import { Hono } from "hono";
import { PrismaClient } from "@prisma/client";
const app = new Hono();
app.use(async (c, next) => { c.set("db", new PrismaClient()); await next(); });
app.post("/orders", async (c) => {
  const { ids } = await c.req.json();
  for (const id of ids) await ${read}.order.findMany({ where: { userId: id } });
  return c.text("");
});
export default app;
`,
  });

  test.each(['c.get("db")', "c.var.db"])("is what %s gives", async (read) => {
    expect(await found(app(read))).toEqual([["src/app.ts", "POST /orders"]]);
  });

  test("is nothing under another name", async () => {
    expect(await found(app('c.get("store")'))).toEqual([]);
  });
});
