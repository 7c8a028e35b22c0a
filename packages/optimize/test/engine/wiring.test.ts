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
