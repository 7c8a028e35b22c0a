/** One tag while it is read, and what all readers of tags do. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Cursor } from "./expressions.ts";
import { declare } from "./reading.ts";
import type { Reading, Span } from "./reading.ts";

export interface Tag extends Span {
  readonly name: string;
  /** After the name. */
  readonly c: Cursor;
}

/** Reads what stands between a tag and one of these; gives the one that ended it. */
export type ReadBody = (r: Reading, until: ReadonlySet<string>) => Tag | undefined;

export type ReadTag = (r: Reading, tag: Tag, body: ReadBody) => void;

export function put(r: Reading, value: Expression, span: Span): void {
  r.frame.out.push({ kind: "expression", value, at: span.at, end: span.end });
}

/** The statements that `read` puts out, with names of their own. */
export function inside(r: Reading, read: () => void): Statement[] {
  const { out, scopes } = r.frame;
  r.frame.out = [];
  scopes.push(new Map());
  read();
  scopes.pop();
  const own = r.frame.out;
  r.frame.out = out;
  return own;
}

/** A name for a value, from here on. */
export function assign(r: Reading, name: string, span: Span, value: Expression): void {
  const target = declare(r, name, span.at);
  r.frame.out.push({ kind: "assign", target, value, operator: "", declares: true, at: span.at, end: value.end });
}
