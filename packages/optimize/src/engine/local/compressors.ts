/** What compresses answers: middleware that is imported or named in a list, and compression by hand. */
import type { ImportSource } from "../../model/facts.ts";
import { calledName, textOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

const packages: ReadonlySet<string> = new Set([
  "compression",
  "compression-next",
  "shrink-ray",
  "shrink-ray-current",
  "http-compression",
  "iltorb",
  "express-static-gzip",
  "@fastify/compress",
  "fastify-compress",
  "koa-compress",
  "hono/compress",
  "@polka/compression",
  "flask_compress",
  "quart_compress",
  "brotli_asgi",
  "starlette_compress",
  "starlette.middleware.gzip",
  "fastapi.middleware.gzip",
  "django.middleware.gzip",
  "django.views.decorators.gzip",
  "gzip",
  "whitenoise",
]);
const calls: ReadonlySet<string> = new Set(
  "createGzip createBrotliCompress createDeflate gzipSync brotliCompressSync gzipResponse enable_compression gzip brotliCompress".split(
    " ",
  ),
);
/** Names of middleware in settings. */
const classes = /(?:gzip|brotli|compress\w*)\.?middleware|compressionmiddleware/i;

export function readCompressors(r: Reading): void {
  const add = (node: { readonly at: number; readonly end: number }): void => {
    r.found.compressors.push(placeIn(r, node, { fn: 0, loops: [], statement: undefined }));
  };
  const isCompressor = ({ specifier, name }: ImportSource): boolean =>
    packages.has(specifier) || (/^(?:node:)?zlib$/.test(specifier) && calls.has(name));
  if (r.t.facts.bindings.some(({ from }) => from !== undefined && isCompressor(from))) add({ at: 0, end: 0 });
  for (const { e } of r.t.calls) {
    if (calls.has(calledName(e)) || (e.new && calledName(e) === "CompressionStream")) add(e);
    else if (e.args.some(({ value }) => value.kind === "import" && packages.has(textOf(value.specifier) ?? ""))) add(e);
  }
  for (const { e } of r.t.expressions) if (e.kind === "array" && e.elements.some((one) => classes.test(textOf(one?.value) ?? ""))) add(e);
}
