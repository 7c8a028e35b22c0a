import { expect, test } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import { createResolver } from "../../src/engine/resolve.ts";
import { temporaryFolder } from "../temporary.ts";

const manifest = (value: unknown): string => JSON.stringify(value);

test("a framework that lies in the same repository is used by its name by all packages but its own", () => {
  const root = temporaryFolder({
    "package.json": manifest({ workspaces: ["p/*"] }),
    "p/app/package.json": manifest({ name: "app" }),
    "p/hono/package.json": manifest({ name: "hono" }),
    "p/lodash/package.json": manifest({ name: "lodash" }),
    "p/app/src/index.ts": "",
    "p/hono/src/index.ts": "",
    "p/hono/src/a.ts": "",
    "p/lodash/src/index.ts": "",
  });
  const { resolve } = createResolver(discover(root));
  expect(resolve("p/app/src/index.ts", "hono")).toEqual({ kind: "package", name: "hono", subpath: "" });
  expect(resolve("p/hono/src/a.ts", "hono")).toEqual({ kind: "file", path: "p/hono/src/index.ts" });
  expect(resolve("p/app/src/index.ts", "lodash")).toEqual({ kind: "file", path: "p/lodash/src/index.ts" });
});
