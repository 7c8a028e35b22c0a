/** Imports. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { BindingDraft, Reading } from "./reading.ts";
import { bind } from "./scope.ts";
import { accept, advance, expect, unexpected } from "./tokens.ts";

/** `import a.b, c as d`. */
export function importStatement(r: Reading): void {
  advance(r);
  do {
    const { start: at, end } = r;
    const specifier = dotted(r);
    if (!r.typeOnly) r.imports.add(specifier);
    if (accept(r, "as")) importAs(r, specifier, "*");
    else {
      const first = specifier.split(".")[0] ?? specifier;
      imported(r, first, at, end, first, "*");
    }
  } while (accept(r, ","));
}

/** `from a.b import c as d`, `from . import e`, `from f import *`. */
export function fromStatement(r: Reading): void {
  advance(r);
  let specifier = "";
  while (r.kind === "." || r.kind === "...") {
    specifier += r.kind;
    advance(r);
  }
  if (r.kind !== "import") specifier += dotted(r);
  expect(r, "import");
  if (!r.typeOnly) r.imports.add(specifier);
  if (accept(r, "*")) {
    r.stars.push({ specifier, name: "*", typeOnly: r.typeOnly });
    return;
  }
  const bracketed = accept(r, "(");
  while (r.kind === "name") {
    const { word: name, start: at, end } = r;
    advance(r);
    if (accept(r, "as")) importAs(r, specifier, name);
    else imported(r, name, at, end, specifier, name);
    if (!accept(r, ",")) break;
  }
  if (bracketed) expect(r, ")");
}

function importAs(r: Reading, specifier: string, name: string): void {
  if (r.kind !== "name") throw unexpected(r, r.start);
  imported(r, r.word, r.start, r.end, specifier, name);
  advance(r);
}

function imported(r: Reading, local: string, at: number, end: number, specifier: string, name: string): void {
  const { typeOnly, fresh, bound } = r;
  const target = bind(r, local, at, end);
  Object.assign(r, { fresh, bound });
  const from = { specifier, name, typeOnly };
  if (target.kind === "member") {
    const value = importedValue(specifier, name, at, end);
    r.scope.class?.members.push({ name: local, static: true, kind: "field", abstract: false, value, decorators: [], at });
    return;
  }
  if (target.kind !== "bind" || target.binding < 0) return;
  const draft = r.bindings[target.binding] as BindingDraft;
  // `try: import a … except ImportError: import b as a`: the first is what is meant.
  if (draft.from !== undefined && !draft.from.typeOnly) return;
  if (draft.kind === "let") draft.kind = "import";
  if (draft.kind === "import") draft.from = from;
}

/** In the body of a class an import makes a member. */
function importedValue(specifier: string, name: string, at: number, end: number): Expression {
  const object: Expression = {
    kind: "import",
    specifier: { kind: "literal", type: "string", value: specifier, at, end },
    dynamic: false,
    at,
    end,
  };
  return name === "*" ? object : { kind: "member", object, name, optional: false, at, end };
}

function dotted(r: Reading): string {
  if (r.kind !== "name") throw unexpected(r, r.start);
  let path = r.word;
  advance(r);
  while (accept(r, ".")) {
    path += `.${r.word}`;
    advance(r);
  }
  return path;
}
