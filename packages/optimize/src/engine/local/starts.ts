/** How processes that answer requests are started: by themselves, or by a platform, which gives each of them one request at a time. */
import type { Expression } from "../../model/facts-expressions.ts";
import { textOf } from "./handles.ts";
import { someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { partsOf, placeIn } from "./reading.ts";

/** They make a server a function of a platform. */
const wrappers: ReadonlySet<string> = new Set([
  "serverless-http",
  "@vendia/serverless-express",
  "@codegenie/serverless-express",
  "aws-serverless-express",
  "serverless-express",
  "@fastify/aws-lambda",
  "aws-serverless-fastify",
  "@vercel/node",
  "@netlify/functions",
  "firebase-functions",
  "hono/aws-lambda",
  "@google-cloud/functions-framework",
  "mangum",
  "functions_framework",
]);
/** Variables of the environment that a platform sets. */
const variables: ReadonlySet<string> = new Set(["VERCEL", "VERCEL_ENV", "AWS_LAMBDA_FUNCTION_NAME", "NETLIFY", "FUNCTION_TARGET"]);

export function readStarts(r: Reading): void {
  if (r.t.facts.bindings.some(({ from }) => from !== undefined && wrappers.has(from.specifier)))
    r.found.starts.push({ ...placeIn(r, { at: 0, end: 0 }, { fn: 0, loops: [], statement: undefined }), by: "platform" });
  for (const { s, spot } of r.t.statements)
    if (partsOf(s).some((e) => someInside(e, isPlatforms))) r.found.starts.push({ ...placeIn(r, s, spot), by: "platform" });
  for (const { e, spot } of r.t.calls)
    if (r.unit.listening.has(e.callee.end)) r.found.starts.push({ ...placeIn(r, e, spot), by: "itself" });
}

/** `process.env.VERCEL`, `require("serverless-http")` */
function isPlatforms(e: Expression): boolean {
  return (e.kind === "member" && variables.has(e.name)) || (e.kind === "import" && wrappers.has(textOf(e.specifier) ?? ""));
}
