/** Models that no import leads to: kept under the name of their folder, or put where every file sees them. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const model = `
const { Model } = require("objection");
module.exports = class Tag extends Model {};`;

async function reads(files: Readonly<Record<string, string>>): Promise<string[]> {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  const { project } = await analyzeSources(sources, { dependencies: () => new Set(["sails"]), packageDir: () => "" });
  return project.operations.map(({ kind, table }) => `${kind} ${table ?? "-"}`);
}

test("what a folder holds is known by the folder's name and its own", async () => {
  const files = { "models/tags.js": model, "a.js": "module.exports = async (app) => await app.models.tags.query().findById(1);" };
  expect(await reads(files)).toEqual(["db-read Tag"]);
});

test("another folder's name says nothing, and neither does a class of no data layer", async () => {
  expect(await reads({ "models/tags.js": model, "a.js": "module.exports = async (app) => await app.parts.tags.query();" })).toEqual([]);
  const plain = "module.exports = class Tag { static query() { return []; } };";
  expect(await reads({ "models/tags.js": plain, "a.js": "module.exports = async (app) => await app.models.tags.query();" })).toEqual([]);
});

test("of two files of that name none is meant", async () => {
  const files = {
    "models/tags.js": model,
    "old/models/tags.js": model,
    "a.js": "module.exports = async (app) => await app.models.tags.query();",
  };
  expect(await reads(files)).toEqual([]);
});

test("what a file puts on the global object is seen by its name in others", async () => {
  const files = {
    "start.js": `global.App = { Tag: require("./tag") };`,
    "tag.js": model,
    "a.js": "module.exports = async () => await App.Tag.query().findById(1);",
  };
  expect(await reads(files)).toEqual(["db-read Tag"]);
});

test("names that a framework gives to files: models, what they add, and functions below one name", async () => {
  const files = {
    "api/models/Order.js": `module.exports = { attributes: {}, latest: async function () { return await Order.find({}).limit(1); } };`,
    "api/helpers/orders/close-all.js": `module.exports = { fn: async function (inputs) { await Order.update({ user: inputs.user }).set({ open: false }); } };`,
    "api/controllers/a.js": `module.exports = async (req, res) => {
      await Order.latest();
      await Order.findOne({ id: 1 }).populate("lines");
      await sails.helpers.orders.closeAll.with({ user: 1 });
      await sails.models.order.count({});
    };`,
  };
  expect((await reads(files)).sort()).toEqual(["db-read Order", "db-read Order", "db-read Order", "db-write Order"]);
});
