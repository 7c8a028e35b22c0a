/** Every framework's fixtures through the whole analysis: exactly the entries that they name. */
import { describe, expect, it } from "vitest";
import { analyzeSources } from "../../../src/engine/project.ts";
import type { FrameworkFixture } from "./fixture.ts";
import express from "./express.fixture.ts";
import fastify from "./fastify.fixture.ts";
import fileRoutes from "./file-routes.fixture.ts";
import graphql from "./graphql.fixture.ts";
import hono from "./hono.fixture.ts";
import jobs from "./jobs.fixture.ts";
import koa from "./koa.fixture.ts";
import nest from "./nest.fixture.ts";
import next from "./next.fixture.ts";
import socketsAndCommands from "./sockets-and-commands.fixture.ts";
import trpc from "./trpc.fixture.ts";

const all: Readonly<Record<string, readonly FrameworkFixture[]>> = {
  express,
  fastify,
  fileRoutes,
  graphql,
  hono,
  jobs,
  koa,
  nest,
  next,
  socketsAndCommands,
  trpc,
};

for (const [framework, fixtures] of Object.entries(all)) {
  describe(`entries of ${framework}`, () => {
    it.each(fixtures)("$title", ({ files, expect: names }) => {
      const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
      const entries = analyzeSources(sources).entries.filter((entry) => entry.kind !== "function");
      expect(entries.map((entry) => entry.name).sort()).toEqual([...names].sort());
    });
  });
}
