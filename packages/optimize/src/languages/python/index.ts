/** Python: text -> Facts, read in one pass. */
import type { Export, Facts, FunctionFacts } from "../../model/facts.ts";
import { lineAt } from "../../model/facts.ts";
import type { Failure } from "../../model/finding.ts";
import { allowsOf, mayAllow } from "../javascript/comments.ts";
import { lineStarts } from "../javascript/lines.ts";
import { moduleStatements } from "./blocks.ts";
import { reserve } from "./functions.ts";
import { createReading } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { closeScope } from "./scope.ts";

/** What one file gave: what cannot be read costs its own statement, and is told beside what could be. */
export interface LoweredPython {
  readonly facts: Facts;
  readonly failure?: Failure;
}

/** File names that `lowerPython` reads. */
export const pythonExtensions: readonly string[] = [".py", ".pyw"];

/** Lowers one file. `file` is relative to the scanned folder; offsets are UTF-16 offsets into `text`. */
export function lowerPython(input: { readonly file: string; readonly text: string }): LoweredPython {
  const { file, text } = input;
  const r = createReading(text, mayAllow(text));
  const lines = lineStarts(text);
  const id = reserve(r);
  moduleStatements(r);
  closeScope(r, undefined);
  const exports = exportsOf(r);
  r.functions[id] = { ...empty(id, 0), body: r.out, lexicalThis: false, end: text.length };
  for (const captured of r.captures) captured.sort((a, b) => a - b);
  const facts: Facts = {
    file,
    language: "python",
    lines,
    bindings: r.bindings,
    // What broke off in the middle keeps its number and does nothing.
    functions: Array.from(r.functions, (one, at) => one ?? empty(at, r.parents[at] ?? 0)),
    classes: Array.from(
      r.classes,
      (one, at) =>
        one ?? { id: at, name: "", bases: [], implements: [], members: [], decorators: [], abstract: false, parent: 0, at: 0, end: 0 },
    ),
    types: r.types,
    exports,
    ...(r.listed === undefined ? undefined : { all: r.listed }),
    imports: [...r.imports],
    allows: r.comments === undefined ? [] : allowsOf(text, lines, r.comments),
    commonjs: false,
    directives: [],
  };
  const { broken } = r;
  if (broken === undefined) return { facts };
  const message = r.old && broken.code === "syntax" ? `${broken.message}; the file is written in Python 2` : broken.message;
  return { facts, failure: { file, code: broken.code, message, line: lineAt(lines, broken.at) } };
}

function empty(id: number, parent: number): FunctionFacts {
  return {
    id,
    name: "",
    parent,
    params: [],
    body: [],
    async: false,
    generator: false,
    lexicalThis: true,
    decorators: [],
    directives: [],
    captures: [],
    at: 0,
    end: 0,
  };
}

/** Every name of the module may be imported; `from x import *` passes on what x has. */
function exportsOf(r: Reading): Export[] {
  const out: Export[] = [];
  for (const [name, binding] of r.module.names ?? []) if (binding >= 0) out.push({ name, binding });
  for (const from of r.stars) out.push({ name: "*", from });
  return out;
}
