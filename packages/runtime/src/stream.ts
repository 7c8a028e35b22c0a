/** A lot of data in a little memory: parts of it, one after the other, no faster than they are taken. */

export type Items<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Arrays of `size` items, the last one shorter. The source (rows of a cursor, lines of a file, an array, any stream) is read only when the
 * next batch is asked for, and is closed when the loop is left. A signal ends it at the next item; to end the wait for an item, give the
 * signal to the source.
 *
 * @example
 * for await (const rows of batches(cursor, 500)) await index(rows);
 */
export async function* batches<T>(source: Items<T>, size: number, signal?: AbortSignal): AsyncGenerator<T[], void, undefined> {
  if (!(size >= 1)) throw new RangeError(`size is 1 or more, not ${size}`);
  let batch: T[] = [];
  for await (const item of source) {
    signal?.throwIfAborted();
    if (batch.push(item) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * A JSON array as pieces of text of about 16 kB, for a response that never holds all of it.
 *
 * @example
 * await pipeline(jsonArray(cursor), response.setHeader("content-type", "application/json"));
 */
export async function* jsonArray(source: Items<unknown>): AsyncGenerator<string, void, undefined> {
  let [piece, comma] = ["[", ""];
  for await (const item of source) {
    piece += comma + (JSON.stringify(item) ?? "null");
    comma = ",";
    if (piece.length < 16_384) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]`;
}
