/** oxc-parser: text -> tree, with the settings that fit a file's name and text. */
import { parseSync } from "oxc-parser";
import { mayAllow } from "./comments.ts";
import { saysFlow, withoutFlow } from "./flow.ts";
import { parseRaw } from "./raw.ts";
import type { Lang, SourceType } from "./raw.ts";
import type { Comment, Node } from "./tree.ts";

export interface Tree {
  readonly program: Node;
  /** Read on demand: making comment objects costs time. */
  readonly comments: () => readonly Comment[];
  /** Gives the parser's buffer back. */
  readonly dispose: () => void;
}

/** Why a file gave no tree. */
export interface Broken {
  readonly message: string;
  readonly at: number;
}

/** Parses a file by its name; Flow's types are blanked where they keep oxc from reading it. */
export function parse(file: string, text: string): Tree | Broken {
  const lang = languageOf(file);
  const typescript = lang === "ts" || lang === "tsx" || lang === "dts";
  if (typescript) return parseAs(text, lang, "module");
  if (saysFlow(text)) {
    const plain = withoutFlow(text, false);
    if (plain !== undefined) {
      const tree = parseAs(plain, "jsx", "unambiguous");
      if ("program" in tree) return tree;
    }
  }
  const first = parseAs(text, "jsx", file.endsWith(".cjs") ? "commonjs" : file.endsWith(".mjs") ? "module" : "unambiguous");
  if ("program" in first) return first;
  const script = parseAs(text, "jsx", "commonjs");
  if ("program" in script) return script;
  const plain = withoutFlow(text, true);
  const third = plain === undefined || plain === text ? first : parseAs(plain, "jsx", "unambiguous");
  return "program" in third ? third : first;
}

function languageOf(file: string): Lang {
  if (/\.d\.[cm]?ts$/.test(file)) return "dts";
  if (/\.[cm]?ts$/.test(file)) return "ts";
  return file.endsWith(".tsx") ? "tsx" : "jsx";
}

function parseAs(text: string, lang: Lang, sourceType: SourceType): Tree | Broken {
  const raw = mayAllow(text) ? undefined : parseRaw(text, lang, sourceType);
  if (raw !== undefined) return raw;
  const result = parseSync("file", text, { lang, sourceType, preserveParens: false });
  const program = result.program as unknown as Node;
  // A parser that gives up returns an empty program that ends at 0; errors beside a whole program are recoverable.
  if (program.end === 0 && text.length > 0) {
    const [error] = result.errors;
    if (error !== undefined) return { message: error.message, at: error.labels[0]?.start ?? 0 };
  }
  return { program, comments: () => result.comments, dispose: nothing };
}

function nothing(): void {
  // Plain trees are garbage like any other.
}
