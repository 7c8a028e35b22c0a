const assert = require("node:assert/strict");
const { application } = require("./orders.js");
const { start } = require("./service.js");

describe("orders", () => {
  let service;
  before(async () => (service = await start(application)));
  after(() => service.stop());

  for (const limit of [6, 12])
    it(`${limit} of them have a customer each`, async () => {
      const orders = await service.ask(limit);
      assert.deepEqual(
        orders.map(({ customer }) => typeof customer),
        Array(limit).fill("string"),
      );
    });
});
