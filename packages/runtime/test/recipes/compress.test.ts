import assert from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { test } from "vitest";
import { compress, negotiate } from "../../src/compress.ts";

const rows = JSON.stringify(Array.from({ length: 300 }, (_, id) => ({ id, name: `row ${id}`, active: true })));

test("brotli when the client takes it, at a quality that pays", async () => {
  const { body, encoding, headers } = await compress(rows, "gzip, deflate, br");
  assert.equal(encoding, "br");
  assert.equal(headers["content-encoding"], "br");
  assert.equal(headers["content-length"], String(body.length));
  assert.equal(brotliDecompressSync(body).toString(), rows);
});

test("gzip when that is all it takes", async () => {
  const { body, headers } = await compress(rows, "gzip");
  assert.equal(headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(body).toString(), rows);
});

test("never a Content-Encoding on a body that is not compressed", async () => {
  for (const [content, accept, type] of [
    ["short", "br", "application/json"],
    [rows, undefined, "application/json"],
    [rows, "identity", "application/json"],
    [rows, "br;q=0", "application/json"],
    [rows, "br", "image/png"],
    [rows, "br", "application/zip"],
  ]) {
    const { body, headers, encoding } = await compress(String(content), accept, { type: String(type) });
    assert.equal(encoding, "identity");
    assert.equal(headers["content-encoding"], undefined);
    assert.equal(Buffer.from(body).toString(), content);
    assert.equal(headers["vary"], "accept-encoding");
  }
});

test("the threshold counts bytes, not characters", async () => {
  const text = "é".repeat(600);
  assert.equal((await compress(text, "gzip", { threshold: 1024 })).encoding, "gzip");
});

test("what gets larger stays as it is", async () => {
  const noise = new Uint8Array(2000).map(() => Math.floor(Math.random() * 256));
  assert.equal((await compress(noise, "gzip")).encoding, "identity");
});

test("the client's weights decide, then our order", () => {
  assert.equal(negotiate("gzip;q=1, br;q=0.5", ["br", "gzip"]), "gzip");
  assert.equal(negotiate("*", ["br", "gzip"]), "br");
  assert.equal(negotiate("*;q=0, gzip", ["br", "gzip"]), "gzip");
  assert.equal(negotiate("identity, gzip;q=0.5", ["br", "gzip"]), "identity");
  assert.equal(negotiate("GZIP ; q=0.8", ["br", "gzip"]), "gzip");
  assert.equal(negotiate("", ["br", "gzip"]), "identity");
  assert.equal(negotiate("deflate", ["br", "gzip"]), "identity");
});
