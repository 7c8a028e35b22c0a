import { afterAll, beforeAll, expect, test } from "vitest";
import { application } from "./orders.mjs";
import { start } from "./service.js";

let service;
beforeAll(async () => void (service = await start(application)));
afterAll(() => service.stop());

test.each([6, 12])("%i orders have a customer each", async (limit) => {
  const orders = await service.ask(limit);
  expect(orders.map(({ customer }) => typeof customer)).toEqual(Array(limit).fill("string"));
});
