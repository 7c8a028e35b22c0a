/** Every framework's fixtures through the whole analysis: exactly the entries that they name. */
import { describe, expect, it } from "vitest";
import { analyzeSources } from "../../../src/engine/analyze.ts";
import type { FrameworkFixture } from "./fixture.ts";
import pythonOthers from "./python-others.fixture.ts";
import contracts from "./contracts.fixture.ts";
import djangoCommands from "./django-commands.fixture.ts";
import djangoRest from "./django-rest.fixture.ts";
import djangoWeb from "./django-web.fixture.ts";
import express from "./express.fixture.ts";
import fastify from "./fastify.fixture.ts";
import fileRoutes from "./file-routes.fixture.ts";
import graphql from "./graphql.fixture.ts";
import hono from "./hono.fixture.ts";
import jobs from "./jobs.fixture.ts";
import koa from "./koa.fixture.ts";
import nest from "./nest.fixture.ts";
import next from "./next.fixture.ts";
import orpc from "./orpc.fixture.ts";
import pythonRoutes from "./python-routes.fixture.ts";
import resources from "./resources.fixture.ts";
import socketsAndCommands from "./sockets-and-commands.fixture.ts";
import trpc from "./trpc.fixture.ts";

const all: Readonly<Record<string, readonly FrameworkFixture[]>> = {
  pythonOthers,
  contracts,
  djangoCommands,
  djangoRest,
  djangoWeb,
  express,
  fastify,
  fileRoutes,
  graphql,
  hono,
  jobs,
  koa,
  nest,
  next,
  orpc,
  pythonRoutes,
  resources,
  socketsAndCommands,
  trpc,
};

/** The nearest folder above that has a manifest. */
function packageDirs(files: Readonly<Record<string, string>>): (file: string) => string {
  const dirs = Object.keys(files)
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .map((file) => file.replace(/\/?package\.json$/, ""))
    .sort((a, b) => b.length - a.length);
  return (file) => dirs.find((dir) => dir === "" || file.startsWith(`${dir}/`)) ?? "";
}

/** Package names in that folder's manifest. */
function dependenciesOf(files: Readonly<Record<string, string>>, dir: string): ReadonlySet<string> {
  const manifest = JSON.parse(files[dir === "" ? "package.json" : `${dir}/package.json`] ?? "{}") as {
    dependencies?: Record<string, string>;
  };
  return new Set(Object.keys(manifest.dependencies ?? {}));
}

for (const [framework, fixtures] of Object.entries(all)) {
  describe(`entries of ${framework}`, () => {
    it.each(fixtures)("$title", async ({ files, expect: names }) => {
      const sources = Object.entries(files).flatMap(([file, text]) => (file.endsWith(".json") ? [] : [{ file, text }]));
      const options = { packageDir: packageDirs(files), dependencies: (dir: string) => dependenciesOf(files, dir) };
      const { project } = await analyzeSources(sources, options);
      const entries = project.entries.filter((entry) => entry.kind !== "function").map((entry) => entry.name);
      expect([...new Set(entries)].sort()).toEqual([...new Set(names)].sort());
    });
  });
}
