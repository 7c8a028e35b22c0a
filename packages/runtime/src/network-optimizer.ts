import { createBatcher, type Batcher } from "./batch.ts";
import { batchRequest } from "./batch-endpoint.ts";
import { compress, type CompressOptions } from "./compress.ts";
import { createLru } from "./lru.ts";

/**
 * `createBatcher` and `compress` as a class; `retry` stands for itself. Extend it and write `executeBatchRequest` for an endpoint of another form.
 *
 * @example
 * const network = new NetworkOptimizer();
 * const prices = await Promise.all(ids.map((id) => network.batchRequest("https://shop.example/prices/batch", id))); // one request
 */
export class NetworkOptimizer {
  #batchers = createLru<string, Batcher<unknown, unknown>>(100);

  /** What the endpoint answers for one item. Equal items that are asked for together are sent once: for reading. */
  batchRequest(endpoint: string, data: unknown): Promise<unknown> {
    let batcher = this.#batchers.get(endpoint);
    if (batcher === undefined) {
      batcher = createBatcher({ load: (items) => this.executeBatchRequest(endpoint, items), keyOf: (item) => JSON.stringify(item) });
      this.#batchers.set(endpoint, batcher);
    }
    return batcher.load(data);
  }

  /** Answers for the items, in their order: values, or an Error for one that failed. */
  executeBatchRequest(endpoint: string, items: readonly unknown[]): Promise<readonly unknown[]> {
    return batchRequest(endpoint)(items);
  }

  /** JSON in bytes, compressed from 1024 bytes on. Send `headers` with it: only they say whether it is. */
  async compressPayload(data: unknown, accept = "gzip", options: CompressOptions = {}) {
    const { body, encoding, headers } = await compress(JSON.stringify(data), accept, options);
    return { compressed: encoding !== "identity", data: body, headers };
  }
}
