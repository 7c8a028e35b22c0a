import { describe, expect, test } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import { prismaClients } from "../../src/engine/generated-clients.ts";
import { createResolver } from "../../src/engine/resolve.ts";
import type { Resolution } from "../../src/engine/resolve.ts";
import { temporaryFolder } from "../temporary.ts";

const client: Resolution = { kind: "package", name: "@prisma/client", subpath: "" };
const schema = (output: string): string => `
// generator old { provider = "prisma-client-js" output = "./never" }
generator client {
  provider = "prisma-client"
  output   = "${output}" // where imports look
}
datasource db { provider = "postgresql" }
`;

function project(): (from: string, specifier: string) => Resolution {
  const files = {
    "package.json": JSON.stringify({ name: "shop", workspaces: ["packages/*"] }),
    "packages/db/package.json": JSON.stringify({ name: "@shop/db" }),
    "packages/db/prisma/schema.prisma": schema("../written/orm"),
    "packages/db/src/index.ts": "",
    "packages/api/package.json": JSON.stringify({ name: "@shop/api" }),
    "packages/api/tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "~db/*": ["../db/*"] } } }),
    "packages/api/src/a.ts": "",
  };
  return createResolver(discover(temporaryFolder(files))).resolve;
}

describe("the place of a generated Prisma client", () => {
  test("is read from the schema, and nothing else of it", () => {
    expect(prismaClients("db/schema.prisma", schema("../src/gen"))).toEqual([{ place: { folder: "src/gen" }, library: "@prisma/client" }]);
    expect(prismaClients("schema.prisma", 'generator docs {\n  provider = "prisma-docs"\n  output = "docs"\n}')).toEqual([]);
    expect(prismaClients("schema.prisma", 'generator client {\n  provider = "prisma-client-js"\n}')).toEqual([]);
  });

  test("among installed packages it is a package's name", () => {
    expect(prismaClients("a/schema.prisma", schema("../node_modules/@acme/orders-db/lib"))).toEqual([
      { place: { packageName: "@acme/orders-db" }, library: "@prisma/client" },
    ]);
  });

  test("outside the project, or the project itself, is no place", () => {
    for (const output of ["../..", "..", "../../elsewhere", "/srv/client"])
      expect(
        prismaClients("db/schema.prisma", schema(output)).filter(({ place }) => "folder" in place && place.folder.startsWith(".")),
      ).toEqual([]);
    expect(prismaClients("db/schema.prisma", schema(".."))).toEqual([]);
  });
});

describe("imports of a generated client", () => {
  test.each<[string, string]>([
    ["packages/db/src/index.ts", "../written/orm"],
    ["packages/db/src/index.ts", "../written/orm/client.js"],
    ["packages/api/src/a.ts", "~db/written/orm/client"],
    ["packages/api/src/a.ts", "@shop/db/written/orm"],
  ])("%s: %s", (from, specifier) => expect(project()(from, specifier)).toEqual(client));

  test("other places are not the client", () => {
    const resolve = project();
    expect(resolve("packages/db/src/index.ts", "../written/ormx")).toEqual({ kind: "unknown", why: "missing" });
    expect(resolve("packages/db/src/index.ts", "../prisma/client")).toEqual({ kind: "unknown", why: "missing" });
  });
});
