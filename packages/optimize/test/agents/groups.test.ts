/** Whether a statement asks by what its own last row gave: pages by cursor, linked lists. */
import { createRequire } from "node:module";
import { expect, it } from "vitest";

const require = createRequire(import.meta.url);
const { count, remember } = require("../../agents/node/groups.cjs") as {
  count: (scope: object, stmt: number, site: object, params: readonly unknown[]) => void;
  remember: (scope: object, stmt: number, site: object, rows: readonly unknown[]) => void;
};
const { createScope } = require("../../agents/node/scope.cjs") as {
  createScope: (kind: string, method: string, path: string) => { readonly groups: Map<number, { readonly chained: number }> };
};

const nowhere = { id: 0, place: 0, frames: [] };
const line = { id: 3, place: 7, frames: [7] };

it.each([
  ["of a statement whose place is known when it is sent", line],
  ["of one whose place is known with its answer", nowhere],
])("pages follow each other: %s", (_, sent) => {
  const scope = createScope("request", "GET", "/");
  for (let page = 0; page < 6; page += 1) {
    count(scope, 1, sent, [page * 2, 2]);
    remember(scope, 1, line, [{ id: page * 2 + 1 }, { id: page * 2 + 2 }]);
  }
  expect([...scope.groups.values()].map(({ chained }) => chained)).toEqual([5]);
});
