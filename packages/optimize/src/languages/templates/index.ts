/**
 * Templates of Django and Jinja: text -> Facts. A template is a function of its context: loops, choices, names and calls of
 * other templates are what they are in any other language. What cannot be read costs its own tag.
 */
import type { Facts } from "../../model/facts.ts";
import { allowsOf, mayAllow } from "../javascript/comments.ts";
import { lineStarts } from "../javascript/lines.ts";
import { putOutParent } from "./blocks.ts";
import { readAround } from "./control.ts";
import { cursorOf, expression } from "./expressions.ts";
import { endsIn, piecesOf } from "./pieces.ts";
import { bind, emptyFunction, inFunction, named } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { put } from "./tag.ts";
import type { Tag } from "./tag.ts";
import { readOwn, silent, tags } from "./tags.ts";
import { wordsOf } from "./words.ts";

/** Deeper nesting than this is read flat. */
const deepest = 80;

/** Lowers one template. `file` is relative to the scanned folder; offsets are UTF-16 offsets into `text`. */
export function lowerTemplate(input: { readonly file: string; readonly text: string }): Facts {
  const { file, text } = input;
  const pieces = piecesOf(text);
  const r: Reading = {
    text,
    pieces,
    ends: endsIn(text, pieces),
    next: 0,
    bindings: [],
    functions: [emptyFunction(0, "")],
    names: new Map(),
    exports: new Map(),
    imports: new Set(),
    blocks: new Map(),
    loaded: [],
    parent: undefined,
    depth: 0,
    frame: { fn: 0, context: undefined, blocks: undefined, above: undefined, scopes: [], out: [] },
  };
  const whole = { at: 0, end: text.length };
  const render = bind(r, "render", "function", 0, { definition: 1 });
  r.exports.set("render", render);
  inFunction(r, "", ["context", "blocks"], whole, ([context, blocks]) => ({
    ...(context === undefined ? {} : { context }),
    ...(blocks === undefined ? {} : { blocks }),
    read: () => {
      readBody(r, new Set());
      if (r.parent === undefined || context === undefined || blocks === undefined) return;
      // What stands outside of blocks is not put out by a template that fills another one; names that it sets are.
      const kept = r.frame.out.filter(({ kind }) => kind === "assign");
      const { parent } = r;
      r.frame.out = kept;
      put(r, putOutParent(r, parent, named("context", context, parent), named("blocks", blocks, parent)), parent);
    },
  }));
  const lines = lineStarts(text);
  const comments = mayAllow(text)
    ? r.pieces
        .filter(({ kind }) => kind === "comment")
        .map(({ at, end }) => ({ type: "Block" as const, value: text.slice(at, end), start: at - 2, end: end + 2 }))
    : [];
  return {
    file,
    language: "template",
    lines,
    bindings: r.bindings,
    functions: r.functions,
    classes: [],
    types: [],
    exports: [...r.exports].map(([name, binding]) => ({ name, binding })),
    imports: [...r.imports],
    allows: allowsOf(text, lines, comments),
    commonjs: false,
    directives: r.loaded,
  };
}

function readBody(r: Reading, until: ReadonlySet<string>): Tag | undefined {
  while (r.next < r.pieces.length) {
    const piece = r.pieces[r.next++];
    if (piece === undefined || piece.kind === "comment") continue;
    const words = wordsOf(r.text, piece.at, piece.end);
    const span = { at: piece.at - 2, end: piece.end + 2 };
    if (piece.kind === "output") {
      const value = expression(cursorOf(r, words));
      const [first] = words;
      const shown = { at: first?.at ?? span.at, end: words.at(-1)?.end ?? span.end };
      put(r, { kind: "template", strings: ["", ""], values: [value], ...shown }, shown);
      continue;
    }
    const name = words[0]?.kind === "name" ? words[0].value : "";
    const tag: Tag = { name, c: cursorOf(r, words, 1), ...span };
    if (until.has(name)) return tag;
    readTag(r, tag);
  }
  return undefined;
}

function readTag(r: Reading, tag: Tag): void {
  const { name } = tag;
  if (name === "" || silent.has(name) || name.startsWith("end")) return;
  const read = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (read === undefined) readOwn(r, tag);
  const around = read ?? ((r.ends.get(name) ?? -1) >= r.next ? readAround : undefined);
  if (around === undefined || r.depth >= deepest) return;
  r.depth++;
  around(r, tag, readBody);
  r.depth--;
}
