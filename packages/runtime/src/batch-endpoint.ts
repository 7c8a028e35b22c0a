/** Both ends of an HTTP endpoint that takes many at once: `{ items: [...] }` in, `{ results: [{ value } | { error }] }` out, in the same order. */
import { mapConcurrent } from "./concurrency.ts";

export interface BatchEndpointOptions<T, R> {
  /** Answers one item. What it throws is that item's error alone. */
  readonly handle: (item: T, signal: AbortSignal) => R | Promise<R>;
  /** Items that one request may hold. Default 100. */
  readonly maxItems?: number;
  /** Items that are answered at once. Default 8. */
  readonly concurrency?: number;
  /** What a client may know of an error. Default: nothing but that it failed. */
  readonly errorOf?: (error: unknown, item: T) => { readonly message: string };
}

export type BatchResult<R> = { readonly value: R } | { readonly error: { readonly message: string } };

/** Of a request: its parsed body in, status and body of the response out. */
export type BatchEndpoint<R> = (
  body: unknown,
  signal?: AbortSignal,
) => Promise<{
  readonly status: number;
  readonly body: { readonly results: readonly BatchResult<R>[] } | { readonly error: { readonly message: string } };
}>;

/**
 * @example
 * const prices = createBatchEndpoint({ handle: (id: number) => priceOf(id) });
 * app.post("/prices/batch", async (request, response) => {
 *   const { status, body } = await prices(request.body);
 *   response.status(status).json(body);
 * });
 */
export function createBatchEndpoint<T, R>({
  handle,
  maxItems = 100,
  concurrency = 8,
  errorOf = () => ({ message: "failed" }),
}: BatchEndpointOptions<T, R>): BatchEndpoint<R> {
  return async (body, signal) => {
    const items = (body as { items?: unknown } | null | undefined)?.items;
    if (!Array.isArray(items)) return refused(400, "items is no array");
    if (items.length > maxItems) return refused(413, `above ${maxItems} items`);
    const one = async (item: T, _: number, own: AbortSignal): Promise<BatchResult<R>> => {
      try {
        return { value: await handle(item, own) };
      } catch (error) {
        return { error: errorOf(error, item) };
      }
    };
    return { status: 200, body: { results: await mapConcurrent(items as T[], one, { concurrency, signal }) } };
  };
}

const refused = (status: number, message: string) => ({ status, body: { error: { message } } });

/**
 * What a batcher loads with when the other side is such an endpoint. A response that is not ok rejects the whole batch.
 *
 * @example
 * const prices = createBatcher({ load: batchRequest<number>("https://shop.example/prices/batch"), maxSize: 100 });
 * const price = await prices.load(7);
 */
export function batchRequest<V = unknown>(
  url: string,
  { headers = {}, timeout = 10_000 }: { readonly headers?: Readonly<Record<string, string>>; readonly timeout?: number } = {},
): (keys: readonly unknown[]) => Promise<(V | Error)[]> {
  return async (keys) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ items: keys }),
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) {
      // An unread body would hold the connection.
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status}`);
    }
    const { results } = (await response.json()) as { results?: readonly BatchResult<V>[] };
    return (results ?? []).map((result) => ("error" in result ? new Error(result.error.message) : result.value));
  };
}
