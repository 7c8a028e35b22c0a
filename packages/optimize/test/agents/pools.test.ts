import { expect, it } from "vitest";
import { observed } from "./observed.ts";

const shop = (...args: string[]): ReturnType<typeof observed> => observed([process.execPath, "shop.cjs", ...args]);

it("calls that wait for a connection of a full pool are counted, with their route", async () => {
  // The pool has two connections; one of seven statements comes first, and then six at once.
  const { of } = await shop("one", "/parallel/6");
  expect(of("pool")).toMatchObject([{ library: "pg", size: 2, waits: 4, requests: 1, routes: ["GET /parallel/:id"], time: { n: 4 } }]);
});

it.each(["/loop/5", "/twice/0", "/callback/1"])("what never asks for more than there is waits for nobody: %s", async (path) => {
  const { of, set } = await shop("one", path);
  expect(set.failures).toEqual([]);
  expect(of("pool")).toEqual([]);
});
