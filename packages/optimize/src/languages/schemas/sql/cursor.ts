/** Walking over the tokens of one SQL statement. */
import type { SqlToken } from "../../../model/sql-tokens.ts";

export class Cursor {
  readonly tokens: readonly SqlToken[];
  readonly text: string;
  at = 0;

  constructor(tokens: readonly SqlToken[], text: string) {
    this.tokens = tokens;
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): SqlToken | undefined {
    return this.tokens[this.at + ahead];
  }

  /** The next tokens are these words, whatever their case. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token !== undefined && (token.kind === "word" || token.kind === "symbol") && token.text.toLowerCase() === word;
    });
  }

  /** Steps over the words when they come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.at += words.length;
    return true;
  }

  takesAny(...words: readonly string[]): string | undefined {
    return words.find((word) => this.takes(word));
  }

  /** `a`, `a.b`, `"a"."b"`: schema and name. */
  name(): { readonly schema?: string; readonly name: string } | undefined {
    const parts: string[] = [];
    for (;;) {
      const token = this.peek();
      if (token === undefined || (token.kind !== "word" && token.kind !== "name")) break;
      parts.push(token.text);
      this.at++;
      if (this.peek()?.text !== ".") break;
      this.at++;
    }
    const name = parts.at(-1);
    const schema = parts.at(-2);
    return name === undefined ? undefined : schema === undefined ? { name } : { schema, name };
  }

  /** The tokens inside the brackets that open here, cut at the commas of their own level. */
  list(): readonly (readonly SqlToken[])[] | undefined {
    const inside = this.brackets();
    return inside === undefined ? undefined : commas(inside);
  }

  brackets(): readonly SqlToken[] | undefined {
    if (this.peek()?.text !== "(") return undefined;
    const start = this.at + 1;
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const { text, kind } = this.tokens[this.at] as SqlToken;
      if (kind !== "symbol") continue;
      if (text === "(") depth++;
      else if (text === ")" && --depth === 0) return this.tokens.slice(start, this.at++);
    }
    return this.tokens.slice(start);
  }

  /** Names in brackets: `(a, "b", c DESC)` gives a, b, c. */
  names(): readonly string[] | undefined {
    return this.list()?.flatMap((item) => {
      const first = item[0];
      return first !== undefined && (first.kind === "word" || first.kind === "name") ? [first.text] : [];
    });
  }

  /** The source of some tokens, in one line. */
  source(tokens: readonly SqlToken[]): string {
    const first = tokens[0];
    const last = tokens.at(-1);
    return first === undefined || last === undefined ? "" : this.text.slice(first.at, last.end).replaceAll(/\s+/g, " ").trim();
  }

  within(tokens: readonly SqlToken[]): Cursor {
    return new Cursor(tokens, this.text);
  }
}

/** Cut at commas that stand in no bracket. */
export function commas(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  return cut(tokens, ",");
}

/** Statements: no bracket holds a semicolon, so that one that is not closed costs its own statement only. */
export function statements(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  for (const token of tokens)
    if (token.kind === "symbol" && token.text === ";") parts.push([]);
    else parts.at(-1)?.push(token);
  return parts.filter((part) => part.length > 0);
}

/** More brackets are opened than closed, or the other way round. */
export function isUnbalanced(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  for (const { kind, text } of tokens) if (kind === "symbol") depth += text === "(" ? 1 : text === ")" ? -1 : 0;
  return depth !== 0;
}

function cut(tokens: readonly SqlToken[], by: string): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "symbol") {
      if (token.text === "(" || token.text === "[") depth++;
      else if (token.text === ")" || token.text === "]") depth = Math.max(0, depth - 1);
      if (depth === 0 && token.text === by) {
        parts.push([]);
        continue;
      }
    }
    parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
