import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "vitest";
import { batchRequest, createBatchEndpoint } from "../../src/batch-endpoint.ts";
import { createBatcher } from "../../src/batch.ts";

test("each item has its own answer or error, in order, and errors tell nothing by themselves", async () => {
  const endpoint = createBatchEndpoint({
    handle: async (id: number) => {
      if (id === 2) throw new Error("password of the database");
      return id * 10;
    },
  });
  assert.deepEqual(await endpoint({ items: [1, 2, 3] }), {
    status: 200,
    body: { results: [{ value: 10 }, { error: { message: "failed" } }, { value: 30 }] },
  });
});

test("what is no batch, or too large a one, is refused", async () => {
  const endpoint = createBatchEndpoint({ handle: (id: number) => id, maxItems: 2 });
  for (const body of [undefined, null, 1, {}, { items: "a" }]) assert.equal((await endpoint(body)).status, 400);
  assert.equal((await endpoint({ items: [1, 2, 3] })).status, 413);
});

test("client and endpoint speak to each other over HTTP, and a response that is not ok is an error", async () => {
  const endpoint = createBatchEndpoint({ handle: (id: number) => `item ${id}`, maxItems: 3 });
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    let text = "";
    request.on("data", (piece) => (text += piece));
    request.on("end", () => {
      void endpoint(JSON.parse(text)).then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const load = batchRequest<string>(`http://127.0.0.1:${port}/items/batch`);
  const batcher = createBatcher({ load, maxSize: 10 });
  try {
    assert.deepEqual(await Promise.all([1, 2].map((id) => batcher.load(id))), ["item 1", "item 2"]);
    assert.equal(requests, 1);
    await assert.rejects(Promise.all([1, 2, 3, 4].map((id) => batcher.load(id))), /answered 413/);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
