/** Whether a response is what was expected, and what is taken out of it for later steps. */
import type { Received } from "../exchange.ts";
import type { FailureKind } from "../failures.ts";
import type { Expectation, Extraction } from "../plan.ts";
import { keysOf, valueAt } from "./json-path.ts";
import type { Variables } from "./template.ts";

export interface Judge {
  /** The body has to be kept for it. */
  readonly readsBody: boolean;
  readonly readsFields: boolean;
  /** What is wrong; undefined when nothing is. The content type that is first seen with a good response is the one that is expected from then on. */
  readonly judge: (response: Received, latency: number) => Fault | undefined;
  /** Puts what is to be extracted into the variables. */
  readonly extract: (response: Received, variables: Variables) => Fault | undefined;
}

export interface Fault {
  readonly kind: FailureKind;
  readonly detail: string;
}

const [openBrace, openBracket, closeBrace, closeBracket] = [123, 91, 125, 93];

/** The judge of a step. */
export function judgeOf(expect: Expectation, extractions: readonly Extraction[]): Judge {
  const ranges = expect.status;
  const matches = expect.matches.map((text) => new RegExp(text));
  const paths = expect.json.map(([path, value]) => [path, keysOf(path) ?? [], JSON.stringify(value)] as const);
  const content = contentOf(matches, paths, expect);
  const checksBody = expect.contains.length + matches.length + paths.length > 0;
  const known: Known = { type: undefined, form: "other" };
  return {
    readsBody: checksBody || extractions.some((one) => "json" in one || "regex" in one),
    readsFields: expect.headers.length > 0 || extractions.some((one) => "header" in one),
    judge: (response, latency) => {
      const { status, bodyBytes } = response;
      let expected = false;
      for (const [from, to] of ranges) expected ||= status >= from && status <= to;
      if (!expected) return { kind: "status", detail: `status ${status}` };
      if (expect.body !== "any") {
        const fault = expect.body === "empty" ? fullBody(bodyBytes) : formOf(response, known);
        if (fault !== undefined) return fault;
      }
      if (expect.within !== undefined && latency > expect.within) return { kind: "check", detail: `took longer than ${expect.within} ms` };
      return checksBody || expect.headers.length > 0 ? content(response) : undefined;
    },
    extract: (response, variables) => extracted(response, variables, extractions),
  };
}

const fullBody = (bytes: number): Fault | undefined =>
  bytes === 0 ? undefined : { kind: "wrong body", detail: "a body where none was expected" };

type Form = "JSON" | "HTML" | "other";
interface Known {
  /** The content type that was seen first, as it was written. */
  type: Uint8Array | undefined;
  form: Form;
}

/** Without its parameters. */
const bare = (type: string): string => (type.split(";")[0] ?? "").trim().toLowerCase().slice(0, 60);

function formOfType(type: string): Form {
  const name = bare(type);
  if (/^application\/(?:[\w.-]+\+)?json$/.test(name)) return "JSON";
  return name === "text/html" || name === "application/xhtml+xml" ? "HTML" : "other";
}

/**
 * A page of HTML where there was JSON before, or JSON that breaks off, is a wrong body whatever its status says. Pictures may be of several types, and a
 * charset may be said or not.
 */
function formOf(response: Received, known: Known): Fault | undefined {
  const { bodyBytes, first, last, status } = response;
  if (bodyBytes === 0)
    return status === 204 || status === 205 || status === 304 ? undefined : { kind: "empty body", detail: "an empty body" };
  if (known.type === undefined) {
    const type = response.type();
    known.type = Buffer.from(type, "latin1");
    known.form = formOfType(type);
  } else if (!response.typeIs(known.type) && formOfType(response.type()) !== known.form) {
    return {
      kind: "wrong body",
      detail: `content type ${bare(response.type())} where it was ${bare(Buffer.from(known.type).toString("latin1"))} before`,
    };
  }
  if (known.form !== "JSON" || response.encoded) return undefined;
  const opened = first === openBrace ? closeBrace : first === openBracket ? closeBracket : 0;
  // Texts, numbers and white space around are JSON too; a bracket that is not closed is none.
  if (opened !== 0 && last !== opened && last > 32) return { kind: "wrong body", detail: "JSON that breaks off" };
  return undefined;
}

function contentOf(
  matches: readonly RegExp[],
  paths: readonly (readonly [path: string, keys: readonly (string | number)[], expected: string])[],
  { contains, headers, matches: sources }: Expectation,
): (response: Received) => Fault | undefined {
  return (response) => {
    for (const [name, value] of headers) {
      if (!response.field(name.toLowerCase()).includes(value)) return { kind: "check", detail: `header ${name} is not what is expected` };
    }
    if (contains.length + matches.length + paths.length === 0) return undefined;
    const text = response.body().toString("utf8");
    const missing = contains.find((part) => !text.includes(part));
    if (missing !== undefined) return { kind: "check", detail: `the body does not contain ${JSON.stringify(missing)}` };
    const unmatched = matches.findIndex((pattern) => !pattern.test(text));
    if (unmatched >= 0) return { kind: "check", detail: `the body does not match ${sources[unmatched] ?? ""}` };
    if (paths.length === 0) return undefined;
    const value = parsed(text);
    if (value === undefined) return { kind: "wrong body", detail: "the body is no JSON" };
    const other = paths.find(([, keys, expected]) => JSON.stringify(valueAt(value, keys)) !== expected);
    return other === undefined ? undefined : { kind: "check", detail: `${other[0]} is not what is expected` };
  };
}

function extracted(response: Received, variables: Variables, extractions: readonly Extraction[]): Fault | undefined {
  let text: string | undefined;
  let json: unknown;
  for (const one of extractions) {
    let value: unknown;
    if ("header" in one) [value] = response.field(one.header.toLowerCase());
    else {
      text ??= response.body().toString("utf8");
      if ("json" in one) value = valueAt((json ??= parsed(text)), keysOf(one.json) ?? []);
      else value = new RegExp(one.regex).exec(text)?.[one.group];
    }
    if (value === undefined || value === null) return { kind: "extraction", detail: `nothing to take ${one.name} from` };
    variables[one.name] = value;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
