import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

interface Source {
  readonly file: string;
  readonly text: string;
}

/** More of them than a value keeps apart. */
const names = ["user", "team", "order", "invoice", "device", "token", "session", "audit", "mail"];

const model = (name: string): Source => ({
  file: `models/${name}.js`,
  text: `module.exports = {
  name: "${name}",
  schema: {},
  finders(models) {
    const self = this;
    return { static: { byId: async (id) => self.findOne({ where: { id } }) }, instance: { again: async () => self.findAll({ limit: 5 }) } };
  },
};
`,
});

const registry = (list: string): Source => ({
  file: "models/index.js",
  text: `const { Model } = require("sequelize");
const models = {};
function init(sequelize, given) {
  const all = [];
  ${list}.forEach((type) => {
    const one = require(\`./\${type}\`);
    if (!one.model) one.model = class model extends Model {};
    one.model.init(one.schema, { sequelize, modelName: one.name });
    module.exports[one.name] = models[one.name] = one.model;
    all.push(one);
  });
  for (const one of all) {
    const finders = one.finders.call(one.model, models);
    if (finders.static) Object.assign(one.model, finders.static);
    if (finders.instance) Object.assign(one.model.prototype, finders.instance);
  }
}
module.exports.init = init;
`,
});

const app: Source = {
  file: "app.js",
  text: `const express = require("express");
const { Sequelize } = require("sequelize");
const models = require("./models");
const app = express();
models.init(new Sequelize(""), []);
app.get("/orders/:id", async (req, res) => res.json(await models.order.byId(req.params.id)));
app.get("/teams", async (req, res) => res.json(await models.team.findAll({ limit: 10 })));
app.get("/again", async (req, res) => { const user = await models.user.byId(1); res.json(await user.again()); });
`,
};

/** What each route costs, and the tables that are read at all. */
async function reads(...files: readonly Source[]): Promise<{ routes: Record<string, number>; tables: readonly string[] }> {
  const { project } = await analyzeSources(files);
  const routes = project.entries.filter(({ kind }) => kind === "route");
  return {
    routes: Object.fromEntries(routes.map(({ name, cost }) => [name, cost.reads?.max.get("") ?? 0])),
    tables: [...new Set(project.operations.filter(({ kind }) => kind === "db-read").map(({ table }) => table ?? "-"))].sort(),
  };
}

describe("a loop that loads modules by a list of names", () => {
  test("makes each of them by itself", async () => {
    const { routes, tables } = await reads(...names.map(model), registry(JSON.stringify(names)), app);
    expect(routes).toEqual({ "GET /orders/:id": 1, "GET /teams": 1, "GET /again": 2 });
    expect(tables).toEqual(["order", "team", "user"]);
  });

  test("is not followed when the names come from elsewhere", async () => {
    const { routes } = await reads(...names.map(model), registry("given"), app);
    expect(routes).toEqual({ "GET /orders/:id": 0, "GET /teams": 0, "GET /again": 0 });
  });
});

describe("a store with many things that is asked by a name", () => {
  const made = names.map((name) => `class ${name}Store { read() { return prisma.${name}.findMany({ take: 5 }); } }`);
  const store: Source = {
    file: "store.ts",
    text: `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const kept: any = { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1 };
export const put = (name: string, store: unknown) => (kept[name] = store);
export const of = (name: string) => kept[name];
${made.join("\n")}
for (const name of process.argv) put(name, new ${names[0]}Store());
express().get("/orders", async (req, res) => res.json(await of(req.query.name).read()));
`,
  };

  test("still gives what was put in", async () => {
    expect((await reads(store)).routes).toEqual({ "GET /orders": 1 });
  });
});
