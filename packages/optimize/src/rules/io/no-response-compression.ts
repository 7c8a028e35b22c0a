import type { Entry, Operation, Project, ReachedOperation } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { isRequest } from "../gates/hot.ts";

/** Frameworks that send what handlers give them as it is. Others, and the platforms that run them, compress by themselves. */
const plain: ReadonlySet<string> = new Set([
  "express",
  "fastify",
  "koa",
  "koa-router",
  "nest",
  "hono",
  "restify",
  "node-http-server",
  "fastapi",
  "flask",
  "django-web",
  "django-rest-framework",
  "aiohttp-web",
]);
/** Rows of one answer from which on it is long whatever they hold. */
const many = 1000;

export default rule({
  id: "io/no-response-compression",
  title: "long answers that are sent as they are",
  needs: ["facts"],
  provedBy: "the bytes of an answer with and without `Accept-Encoding: gzip`",
  recipe: { javascript: "compress" },
  // What stands before the program, a proxy or a platform, is not seen in its code.
  tier: "candidate",
  check(project, report) {
    const { compressors, starts } = project.locals;
    if (compressors.length > 0 || starts.some(({ by }) => by === "platform")) return;
    const seen = new Set<string>();
    for (const entry of project.entries) {
      if (!isRequest(entry) || !plain.has(entry.library ?? "")) continue;
      const reached = entry.operations.find(isLongAnswer);
      if (reached === undefined || seen.has(reached.operation.id)) continue;
      seen.add(reached.operation.id);
      report(found(project, entry, reached));
    }
  },
});

function isLongAnswer({ operation }: ReachedOperation): boolean {
  const { kind, spec, uses } = operation;
  return kind === "db-read" && spec.list === true && (rowsOf(operation) ?? 0) >= many && uses.has("escape");
}

/** The most rows, by the call or by the end of its SQL. */
function rowsOf({ most, sql = "" }: Operation): number | undefined {
  const limit = most ?? /\blimit\s+(\d+)(?:\s+offset\s+\S+)?\s*;?\s*$/i.exec(sql)?.[1];
  return limit === undefined ? undefined : Number(limit);
}

function found(project: Project, entry: Entry, { operation, path }: ReachedOperation): Found {
  return {
    place: operation.place,
    function: operation.place.function,
    tier: "candidate",
    reason: "a proxy or platform before the program may compress what it sends",
    message: `${entry.name} answers with up to ${rowWords(operation)} rows, and nothing in the program compresses answers: text of rows that are all alike is sent at its full length.`,
    advice: adviceFor(entry),
    effort: "S",
    path: [],
    operation,
    related: [
      { place: entry.place, role: "entry", note: entry.name },
      ...path.map((step) => ({ place: step.place, role: "calls", note: step.name })),
    ],
    atMost: "medium",
    group: project.locals.starts[0]?.place.file ?? "",
  };
}

function rowWords(operation: Operation): string {
  return String(rowsOf(operation)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** What each framework has for it. */
const middleware: Readonly<Record<string, string>> = {
  express: "Use the middleware `compression` before the routes",
  nest: "Use the middleware `compression` before the routes",
  fastify: "Register `@fastify/compress`",
  koa: "Use `koa-compress` before the routes",
  "koa-router": "Use `koa-compress` before the routes",
  hono: "Use `compress()` of `hono/compress`",
  fastapi: "Add `GZipMiddleware` with a `minimum_size`",
  flask: "Initialise `Flask-Compress`",
  "django-web": "Put `GZipMiddleware` first in `MIDDLEWARE`",
  "django-rest-framework": "Put `GZipMiddleware` first in `MIDDLEWARE`",
  "aiohttp-web": "Call `enable_compression()` on the response",
};

function adviceFor({ library = "" }: Entry): string {
  const own = middleware[library] ?? "Compress answers above a kilobyte (`node:zlib`, with brotli at quality 4 or gzip)";
  return `${own}, or let the proxy before it compress; and give fewer rows at a time.`;
}
