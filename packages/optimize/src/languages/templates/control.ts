/** Loops, choices, and what is put out only sometimes. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { expression, isAtEnd, peek, take, withoutChoice } from "./expressions.ts";
import { declare, nothing } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { inside, put } from "./tag.ts";
import type { ReadBody, Tag } from "./tag.ts";

const forEnds = new Set(["empty", "else", "endfor"]);

export function readFor(r: Reading, tag: Tag, body: ReadBody): void {
  const { c } = tag;
  const names: { readonly name: string; readonly at: number }[] = [];
  while (!isAtEnd(c) && peek(c).value !== "in") {
    const word = peek(c);
    if (word.kind === "name") names.push({ name: word.value, at: word.at });
    c.at++;
  }
  take(c, "in");
  const source = withoutChoice(c);
  let ended: Tag | undefined;
  let target: Pattern | undefined;
  const loop = inside(r, () => {
    const binds = names.map(({ name, at }) => declare(r, name, at));
    const [first] = binds;
    target = binds.length === 1 && first !== undefined ? first : { kind: "array", elements: binds, at: tag.at };
    // Jinja: `for a in b if a.c` asks that of each.
    const test = take(c, "if") ? expression(c) : undefined;
    const chosen = inside(r, () => void (ended = body(r, forEnds)));
    if (test === undefined) r.frame.out.push(...chosen);
    else r.frame.out.push({ kind: "branch", test, then: chosen, else: [], at: tag.at, end: tag.end });
  });
  const otherwise = ended !== undefined && ended.name !== "endfor" ? inside(r, () => void (ended = body(r, new Set(["endfor"])))) : [];
  const end = ended?.end ?? tag.end;
  r.frame.out.push({
    kind: "loop",
    form: "each",
    ...(target === undefined ? {} : { target }),
    iterable: source,
    init: [],
    body: loop,
    async: false,
    at: tag.at,
    end,
  });
  if (otherwise.length > 0) r.frame.out.push({ kind: "branch", test: nothing(tag), then: otherwise, else: [], at: tag.at, end });
}

const mostArms = 200;
const ifEnds = new Set(["elif", "elseif", "else", "endif"]);

export function readIf(r: Reading, tag: Tag, body: ReadBody): void {
  const first = branch(r, tag, body);
  if (first !== undefined) r.frame.out.push(first);
}

/** One arm and those after it, as nested choices; read in a row, so that a long chain is no deep one. */
function branch(r: Reading, tag: Tag, body: ReadBody): Statement | undefined {
  const arms: { readonly test: Expression; readonly then: Statement[]; readonly at: number }[] = [];
  let otherwise: Statement[] = [];
  let ended: Tag | undefined = tag;
  for (let arm: Tag | undefined = tag; arm !== undefined && arm.name !== "endif"; arm = ended) {
    const { at } = arm;
    if (arm.name === "else") {
      otherwise = inside(r, () => void (ended = body(r, new Set(["endif"]))));
      break;
    }
    const test = expression(arm.c);
    const then = inside(r, () => void (ended = body(r, ifEnds)));
    // Each arm nests in the one before it.
    if (arms.length < mostArms) arms.push({ test, then, at });
  }
  const end = ended?.end ?? tag.end;
  let out: Statement | undefined;
  for (const { test, then, at } of arms.toReversed())
    out = { kind: "branch", test, then, else: out === undefined ? otherwise : [out], at, end };
  return out;
}

/** A tag of a library around a body, which may have an `else`: what stands in it is put out, or not. */
export function readAround(r: Reading, tag: Tag, body: ReadBody): void {
  const close = `end${tag.name}`;
  let ended: Tag | undefined;
  const then = inside(r, () => void (ended = body(r, new Set(["else", close]))));
  const otherwise = ended?.name === "else" ? inside(r, () => void (ended = body(r, new Set([close])))) : [];
  r.frame.out.push({ kind: "branch", test: nothing(tag), then, else: otherwise, at: tag.at, end: ended?.end ?? tag.end });
}

/** Puts out what stands inside when it happens at all: `{% cache %}`, `{% ifchanged %}`. */
export function readSometimes(r: Reading, tag: Tag, body: ReadBody): void {
  const { c, at, end } = tag;
  while (!isAtEnd(c)) put(r, expression(c), tag);
  const then = inside(r, () => void body(r, new Set([`end${tag.name}`])));
  r.frame.out.push({ kind: "branch", test: nothing({ at, end }), then, else: [], at, end });
}
