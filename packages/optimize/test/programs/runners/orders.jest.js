const { application } = require("./orders.js");
const { start } = require("./service.js");

let service;
beforeAll(async () => (service = await start(application)));
afterAll(() => service.stop());

test.each([6, 12])("%i orders have a customer each", async (limit) => {
  const orders = await service.ask(limit);
  expect(orders.map(({ customer }) => typeof customer)).toEqual(Array(limit).fill("string"));
});
