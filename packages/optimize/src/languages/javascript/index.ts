/** JavaScript, TypeScript, JSX, TSX and Flow: text -> Facts. */
import type { Facts, FunctionFacts } from "../../model/facts.ts";
import { lineAt } from "../../model/facts.ts";
import type { Failure } from "../../model/finding.ts";
import { allowsOf, mayAllow } from "./comments.ts";
import { tooDeep } from "./guard.ts";
import { lineStarts } from "./lines.ts";
import { createLowering, noExpressions, TooDeep } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { parse } from "./parse.ts";
import type { Tree } from "./parse.ts";
import { reserve } from "./functions.ts";
import { closeModule } from "./scope.ts";
import { directivesOf, statements } from "./statements.ts";
import { bodyList } from "./tree.ts";

export type Lowered = { readonly facts: Facts } | { readonly failure: Failure };

/** File names that `lowerJavaScript` reads. */
export const javascriptExtensions: readonly string[] = [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"];

/** Lowers one file. A file that cannot be read whole gives a failure that names the line, never empty Facts. */
export function lowerJavaScript(input: { readonly file: string; readonly text: string }): Lowered {
  const { file, text } = input;
  const deep = tooDeep(text);
  const lines = lineStarts(text);
  if (deep !== undefined) return { failure: { file, code: "too-deep", message: deep.message, line: lineAt(lines, deep.at) } };
  const parsed = parse(file, text);
  if ("message" in parsed) return { failure: { file, code: "syntax", message: parsed.message, line: lineAt(lines, parsed.at) } };
  try {
    return { facts: lower(file, text, lines, parsed) };
  } catch (error) {
    // A stack that overflows in spite of the bounds is depth too: the rest of the scan goes on.
    const at = error instanceof TooDeep ? error.at : error instanceof RangeError ? 0 : undefined;
    if (at === undefined) throw error;
    return { failure: { file, code: "too-deep", message: "nested too deeply to analyse", line: lineAt(lines, at) } };
  } finally {
    parsed.dispose();
  }
}

function lower(file: string, text: string, lines: readonly number[], tree: Tree): Facts {
  const c = createLowering(text);
  const id = reserve(c);
  const list = bodyList(tree.program);
  const directives = directivesOf(list);
  statements(c, list);
  const body = c.out;
  const commonjs = closeModule(c) || c.requires.some((one) => one.reference.binding === -1);
  settleRequires(c);
  c.functions[id] = {
    id,
    name: "",
    parent: 0,
    params: [],
    body,
    async: false,
    generator: false,
    lexicalThis: false,
    decorators: noExpressions,
    directives,
    captures: [],
    at: 0,
    end: text.length,
  };
  for (const captured of c.captures) captured.sort((a, b) => a - b);
  return {
    file,
    language: "javascript",
    lines,
    bindings: c.bindings,
    functions: c.functions as readonly FunctionFacts[],
    classes: c.classes as Facts["classes"],
    types: c.types,
    exports: c.exports,
    imports: [...c.imports],
    allows: mayAllow(text) ? allowsOf(text, lines, tree.comments()) : [],
    commonjs,
    directives,
  };
}

/** `require(x)` imports only where nothing declares `require`; elsewhere it is the call that it looks like. */
function settleRequires(c: Lowering): void {
  for (const { reference, expression, call } of c.requires) {
    if (reference.binding === -1) {
      const { specifier } = expression;
      if (specifier.kind === "literal" && specifier.type === "string") c.imports.add(String(specifier.value));
      continue;
    }
    const node = expression as unknown as Record<string, unknown>;
    delete node["specifier"];
    delete node["dynamic"];
    Object.assign(node, call);
  }
}
