/** Regular expressions of JavaScript as trees, as far as they are made of characters, choices and repetitions. */

/** Ranges of characters, both ends included. */
export type CharacterSet = readonly (readonly [number, number])[];

export type ExpressionNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly ExpressionNode[] }
  | { readonly kind: "repeat"; readonly part: ExpressionNode; readonly min: number; readonly max: number }
  /** Matches no character, where it matches at all; `start`: at the start of the text alone. */
  | { readonly kind: "assertion"; readonly start: boolean };

/** What is not read: assertions that look ahead or back, references to groups, sets of the flag `v`. */
class Unread extends Error {}

const last = 0x10_ff_ff;
/** Every character: more than a set is never wrong here, less would be. */
export const anything: CharacterSet = [[0, last]];
const digits: CharacterSet = [[48, 57]];
const word: CharacterSet = [...digits, [65, 90], [95, 95], [97, 122]];
const space: CharacterSet = [
  [9, 13],
  [32, 32],
  [160, 160],
  [5760, 5760],
  [8192, 8202],
  [8232, 8233],
  [8239, 8239],
  [8287, 8287],
  [12288, 12288],
  [65279, 65279],
];
const classes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  w: word,
  s: space,
  D: others(digits),
  W: others(word),
  S: others(space),
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** undefined: it holds something that is not read. */
export function expressionTree(source: string, flags: string): ExpressionNode | undefined {
  if (flags.includes("v")) return undefined;
  const reader = new Reader(source, flags);
  try {
    const tree = reader.choice();
    return reader.at === source.length ? tree : undefined;
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

class Reader {
  at = 0;
  readonly source: string;
  readonly whole: boolean;
  readonly folds: boolean;
  readonly lines: boolean;

  constructor(source: string, flags: string) {
    this.source = source;
    this.whole = flags.includes("u");
    this.folds = flags.includes("i");
    this.lines = flags.includes("m");
  }

  choice(): ExpressionNode {
    const parts = [this.sequence()];
    while (this.take("|")) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as ExpressionNode) : { kind: "choice", parts };
  }

  private sequence(): ExpressionNode {
    const parts: ExpressionNode[] = [];
    while (this.at < this.source.length && this.source[this.at] !== "|" && this.source[this.at] !== ")") parts.push(this.repeated());
    return parts.length === 1 ? (parts[0] as ExpressionNode) : { kind: "sequence", parts };
  }

  private repeated(): ExpressionNode {
    let part = this.atom();
    for (let times = this.times(); times !== undefined; times = this.times()) {
      this.take("?");
      part = { kind: "repeat", part, ...times };
    }
    return part;
  }

  private times(): { readonly min: number; readonly max: number } | undefined {
    if (this.take("*")) return { min: 0, max: Infinity };
    if (this.take("+")) return { min: 1, max: Infinity };
    if (this.take("?")) return { min: 0, max: 1 };
    const [text, from, more] = /^\{(\d+)(,\d*)?\}/.exec(this.source.slice(this.at, this.at + 20)) ?? [];
    if (text === undefined) return undefined;
    this.at += text.length;
    const min = Number(from);
    return { min, max: more === undefined ? min : more === "," ? Infinity : Number(more.slice(1)) };
  }

  private atom(): ExpressionNode {
    const character = this.next();
    if (character === 0x5e) return { kind: "assertion", start: !this.lines };
    if (character === 0x24) return { kind: "assertion", start: false };
    if (character === 0x2e) return { kind: "set", set: anything };
    if (character === 0x28) return this.group();
    if (character === 0x5b) return { kind: "set", set: this.folded(this.setOf()) };
    if (character !== 0x5c) return { kind: "set", set: this.folded([[character, character]]) };
    if (this.take("b") || this.take("B")) return { kind: "assertion", start: false };
    return { kind: "set", set: this.folded(this.escape()) };
  }

  private group(): ExpressionNode {
    if (this.take("?")) {
      const [name] = /^(?:<[^=!>][^>]*>|:)/.exec(this.source.slice(this.at)) ?? [];
      if (name === undefined) throw new Unread();
      this.at += name.length;
    }
    const inner = this.choice();
    if (!this.take(")")) throw new Unread();
    return inner;
  }

  /** After the backslash. */
  private escape(): CharacterSet {
    const character = String.fromCodePoint(this.next());
    const known = classes[character];
    if (known !== undefined) return known;
    const control = controls[character];
    if (control !== undefined && !/\d/.test(this.source[this.at] ?? "")) return [[control, control]];
    if (/[1-9k0]/.test(character)) throw new Unread();
    if (character === "p" || character === "P" || character === "c") {
      if (character === "c" || !this.whole) throw new Unread();
      const [name] = /^\{[^}]*\}/.exec(this.source.slice(this.at)) ?? [];
      if (name === undefined) throw new Unread();
      this.at += name.length;
      return anything;
    }
    if (character === "x" || character === "u") return this.numbered(character);
    const code = character.codePointAt(0) ?? 0;
    return [[code, code]];
  }

  private numbered(form: "x" | "u"): CharacterSet {
    const rest = this.source.slice(this.at, this.at + 10);
    const [text, digitsOf = ""] =
      (form === "x" ? /^([\da-f]{2})/i.exec(rest) : ((this.whole ? /^\{([\da-f]+)\}/i.exec(rest) : null) ?? /^([\da-f]{4})/i.exec(rest))) ??
      [];
    if (text === undefined) throw new Unread();
    this.at += text.length;
    const code = Number.parseInt(digitsOf, 16);
    // Halves of a character that are written one after the other are one.
    if (this.whole && code >= 0xd8_00 && code <= 0xdf_ff) throw new Unread();
    return [[code, code]];
  }

  private setOf(): CharacterSet {
    const negated = this.take("^");
    const found: (readonly [number, number])[] = [];
    while (!this.take("]")) {
      const from = this.member();
      const first = from[0];
      if (from.length === 1 && first !== undefined && first[0] === first[1] && this.isRange()) {
        this.at++;
        const to = this.member();
        const end = to[0];
        if (to.length !== 1 || end === undefined || end[0] !== end[1]) throw new Unread();
        found.push([first[0], end[0]]);
      } else found.push(...from);
    }
    if (!negated) return found;
    // Of what may hold more than it says, nothing can be said of the rest.
    return found.some((one) => one === anything[0]) ? anything : others(found);
  }

  private isRange(): boolean {
    return this.source[this.at] === "-" && this.source[this.at + 1] !== "]";
  }

  private member(): CharacterSet {
    const character = this.next();
    if (character !== 0x5c) return [[character, character]];
    if (this.take("b")) return [[8, 8]];
    if (this.take("-")) return [[45, 45]];
    return this.escape();
  }

  /** Without regard to case, what differs in it alone is the same; beyond ASCII everything may be. */
  private folded(set: CharacterSet): CharacterSet {
    if (!this.folds) return set;
    const out = [...set];
    for (const [from, to] of set) {
      for (const [start, shift] of [
        [65, 32],
        [97, -32],
      ] as const) {
        const low = Math.max(from, start);
        const high = Math.min(to, start + 25);
        if (low <= high) out.push([low + shift, high + shift]);
      }
      if (to > 127) return anything;
    }
    // Two characters beyond ASCII are, without regard to case, a k and an s.
    return out.some(([from, to]) => [107, 115].some((one) => from <= one && one <= to)) ? [...out, [128, last]] : out;
  }

  private next(): number {
    const code = this.whole ? this.source.codePointAt(this.at) : this.source.charCodeAt(this.at);
    if (code === undefined || Number.isNaN(code)) throw new Unread();
    this.at += code > 0xff_ff ? 2 : 1;
    return code;
  }

  private take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}

/** All characters but these. */
function others(set: CharacterSet): CharacterSet {
  const out: (readonly [number, number])[] = [];
  let from = 0;
  for (const [low, high] of [...set].sort((a, b) => a[0] - b[0])) {
    if (low > from) out.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= last) out.push([from, last]);
  return out;
}
