/** A step of a scenario, made ready: its request is one run of bytes where nothing in it varies. */
import type { RequestParts } from "../exchange.ts";
import type { Origin } from "../exchange.ts";
import type { PlannedStep } from "../plan.ts";
import type { Cookies } from "../scenario/cookies.ts";
import { judgeOf, type Judge } from "../scenario/judging.ts";
import { filled, filledJson, namesIn, namesInJson, type Variables } from "../scenario/template.ts";

/** A request as the transports take it. */
export interface Made {
  readonly bytes: Buffer;
  readonly parts: RequestParts | undefined;
  readonly path: string;
}

export interface Step {
  readonly plan: PlannedStep;
  readonly judge: Judge;
  readonly bodiless: boolean;
  readonly repeatable: boolean;
  /** The whole request, where it never changes. */
  readonly fixed: Made | undefined;
  /** The request with these values. Throws MissingVariable, or an error for a value that would break the message. */
  readonly make: (variables: Variables, cookies: Cookies | undefined, traceparent: string | undefined) => Made;
}

const repeatableMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export function stepOf(plan: PlannedStep, origin: Origin, asParts: boolean): Step {
  const isFixed = [...namesIn(plan.path), ...plan.headers.flatMap(([, value]) => namesIn(value)), ...namesInBody(plan)].length === 0;
  const make = maker(plan, origin, asParts, isFixed);
  return {
    plan,
    judge: judgeOf(plan.expect, plan.extract),
    bodiless: plan.method === "HEAD",
    repeatable: repeatableMethods.has(plan.method),
    fixed: isFixed ? make({}, undefined, undefined) : undefined,
    make,
  };
}

function namesInBody({ body }: PlannedStep): string[] {
  if (body === undefined) return [];
  return "json" in body ? namesInJson(body.json) : namesIn(body.text);
}

function maker(plan: PlannedStep, origin: Origin, asParts: boolean, isFixed: boolean): Step["make"] {
  const authority = authorityOf(origin);
  const varying = varyingIn(plan);
  const names = new Set(plan.headers.map(([name]) => name.toLowerCase()));
  return (variables, cookies, traceparent) => {
    const path = filled(plan.path, variables, encodeURIComponent);
    const headers = plan.headers.map(([name, value]) => [name, harmless(filled(value, variables))] as [string, string]);
    const body = bodyOf(plan, variables);
    if (!names.has("user-agent")) headers.push(["User-Agent", "optimize-load"]);
    if (!names.has("accept")) headers.push(["Accept", "*/*"]);
    if (plan.body !== undefined && "json" in plan.body && !names.has("content-type")) headers.push(["Content-Type", "application/json"]);
    if (body !== undefined) headers.push(["Content-Length", String(body.length)]);
    const sent = cookies?.for(path) ?? "";
    if (sent !== "") headers.push(["Cookie", harmless(sent)]);
    if (traceparent !== undefined) headers.push(["traceparent", traceparent]);
    if (asParts) {
      const isSame = isFixed && cookies === undefined && traceparent === undefined;
      return {
        bytes: empty,
        parts: { method: plan.method, path, authority, headers, body, varying: isSame ? undefined : varying },
        path,
      };
    }
    const host = names.has("host") ? "" : `Host: ${authority}\r\n`;
    const head = `${plan.method} ${path} HTTP/1.1\r\n${host}${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    const bytes = Buffer.from(head, "latin1");
    return { bytes: body === undefined ? bytes : Buffer.concat([bytes, body]), parts: undefined, path };
  };
}

const empty = Buffer.alloc(0);

/** Fields that differ from one request of the step to the next. */
function varyingIn(plan: PlannedStep): ReadonlySet<string> {
  const fields = plan.headers.flatMap(([name, value]) => (namesIn(value).length > 0 ? [name.toLowerCase()] : []));
  const path = namesIn(plan.path).length > 0 ? [":path"] : [];
  return new Set([...fields, ...path, "content-length", "cookie", "traceparent"]);
}

/** "localhost:3000", "[::1]:3000"; without the port where it is the protocol's own. */
export function authorityOf({ protocol, host, port }: Origin): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === (protocol === "https:" ? 443 : 80) ? name : `${name}:${port}`;
}

function bodyOf({ body }: PlannedStep, variables: Variables): Buffer | undefined {
  if (body === undefined) return undefined;
  return Buffer.from("json" in body ? JSON.stringify(filledJson(body.json, variables)) : filled(body.text, variables), "utf8");
}

/** A value that holds a line break would end the field and begin another one. */
function harmless(value: string): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value))
    throw new Error("a value for a header holds a character that none may hold");
  return value;
}
