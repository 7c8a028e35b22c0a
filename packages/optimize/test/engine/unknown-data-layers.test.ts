import { expect, test } from "vitest";
import { scan } from "../../src/engine/scan.ts";
import { librariesByPackage } from "../../src/languages/libraries.ts";
import { unknownDataLayers } from "../../src/languages/unknown-data-layers.ts";
import { temporaryFolder } from "../temporary.ts";

test("files that ask a database through a library without a table are said to be not looked at", async () => {
  const root = temporaryFolder({
    "package.json": "{}",
    "a.js": 'const { BigQuery } = require("@google-cloud/bigquery");\nmodule.exports = new BigQuery();',
    "b.js": 'import neo4j from "neo4j-driver/lib/index.js";\nexport default neo4j;',
    "c.js": 'import { Pool } from "pg";\nimport { neo4j } from "./neo4j-driver.js";\nexport default [Pool, neo4j];',
  });
  const run = await scan(root, {});
  expect(run.notLookedAt).toEqual([
    { reason: "queries through @google-cloud/bigquery, which is no known data layer", files: 1, examples: ["a.js"] },
    { reason: "queries through neo4j-driver, which is no known data layer", files: 1, examples: ["b.js"] },
  ]);
});

test("a Python library without a table is said by the name that is imported", () => {
  const ask = unknownDataLayers();
  expect(ask(["ormar", "snowflake.connector.errors", "google.cloud", ".ormar"], "python")).toEqual(["ormar", "snowflake.connector"]);
  expect(ask(["redis.asyncio", "psycopg"], "python")).toEqual([]);
});

test("a library that has a table is not among them", () => {
  const ask = unknownDataLayers();
  expect(ask([...librariesByPackage().keys()])).toEqual([]);
});
