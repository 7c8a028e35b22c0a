/** Regular expressions that go over texts: which, over what, and whether somebody looked at how long the text is. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { isData } from "../interpret/sights.ts";
import { wordsOf } from "../interpret/unit.ts";
import { shaping } from "../interpret/sent-texts.ts";
import { javascriptOf } from "./foreign-patterns.ts";
import { importedName, sameThing, textOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

interface Subject {
  readonly text: Expression;
  /** Where the interpretation kept what it met. */
  readonly key: number;
  readonly pattern: Pattern;
}

const ofText: ReadonlySet<string> = new Set(["match", "matchAll", "search", "replace", "replaceAll", "split"]);
const ofPattern: ReadonlySet<string> = new Set(["test", "exec"]);
/** Functions of `re`, and methods of what it compiles, by the place of the text after the pattern. */
const ofRe: Readonly<Record<string, number>> = {
  match: 0,
  search: 0,
  fullmatch: 0,
  findall: 0,
  finditer: 0,
  split: 0,
  sub: 1,
  subn: 1,
};
const re: ReadonlySet<string> = new Set(["re"]);

export function readMatchings(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    const subject = r.python ? pythonSubject(r, e) : subjectOf(r, e);
    if (subject === undefined || !isRepeating(subject.pattern.source)) continue;
    const sight = r.sight(subject.key);
    r.found.matchings.push({
      ...placeIn(r, e, spot),
      pattern: subject.pattern.source,
      flags: subject.pattern.flags,
      words: wordsOf(converted(subject.text)),
      sent: sight !== undefined && isData(sight),
      head: sight?.head === true,
      capped: isMeasured(r, subject.text, spot),
    });
  }
}

/** `String(q)` and `str(q)` say what `q` says. */
function converted(text: Expression): Expression {
  const isConversion = text.kind === "call" && text.callee.kind === "name" && ["String", "str"].includes(text.callee.name);
  return isConversion ? (text.args[0]?.value ?? text) : text;
}

/** Only what may repeat without end can be ambiguous in more than its own length. */
function isRepeating(source: string): boolean {
  return /[*+]|\{\d*,\}/.test(source);
}

function subjectOf(r: Reading, { callee, args }: CallExpression): Subject | undefined {
  const first = args[0]?.value;
  if (callee.kind !== "member" || first === undefined) return undefined;
  const patternOf = (e: Expression, key: number): Pattern | undefined => writtenPattern(r, e) ?? metPattern(r, key);
  if (ofText.has(callee.name)) {
    const pattern = patternOf(first, first.end);
    return pattern === undefined ? undefined : { text: callee.object, key: callee.end, pattern };
  }
  if (!ofPattern.has(callee.name)) return undefined;
  const pattern = patternOf(callee.object, callee.end);
  return pattern === undefined ? undefined : { text: first, key: first.end, pattern };
}

/** `/a+/`, `new RegExp("a+")`, or a variable that is nothing else. */
function writtenPattern(r: Reading, e: Expression): Pattern | undefined {
  if (e.kind === "literal" && e.type === "regexp") return { source: String(e.value), flags: e.flags ?? "" };
  if (e.kind === "call" && e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "RegExp") {
    const source = textOf(e.args[0]?.value);
    const flags = e.args[1] === undefined ? "" : textOf(e.args[1].value);
    return source === undefined || flags === undefined ? undefined : { source, flags };
  }
  const value = onlyValue(r, e);
  return value === undefined ? undefined : writtenPattern(r, value);
}

/** One that another file declares, or an object holds: the interpretation met no other there. */
function metPattern(r: Reading, key: number): Pattern | undefined {
  const [only, ...others] = r.sight(key)?.patterns ?? [];
  const end = only?.lastIndexOf("/") ?? 0;
  return only === undefined || others.length > 0 ? undefined : { source: only.slice(1, end), flags: only.slice(end + 1) };
}

function pythonSubject(r: Reading, { callee, args }: CallExpression): Subject | undefined {
  if (callee.kind !== "member" || !Object.hasOwn(ofRe, callee.name)) return undefined;
  const at = ofRe[callee.name] ?? 0;
  const direct = importedName(r, callee, re) !== undefined;
  const pattern = direct ? args[0]?.value : compiledOf(r, callee.object);
  const text = args[direct ? at + 1 : at];
  const source = textOf(pattern);
  if (source === undefined || text === undefined || text.name !== undefined) return undefined;
  const whole = callee.name === "fullmatch";
  const translated = javascriptOf(source, { fromStart: whole || callee.name === "match", toEnd: whole });
  return translated === undefined ? undefined : { text: text.value, key: text.value.end, pattern: { source: translated, flags: "" } };
}

/** The text of `re.compile(text)`, with no flags that change what it means. */
function compiledOf(r: Reading, e: Expression): Expression | undefined {
  const value = e.kind === "call" ? e : onlyValue(r, e);
  if (value?.kind !== "call" || importedName(r, value.callee, re) !== "compile" || value.args.length !== 1) return undefined;
  return value.args[0]?.value;
}

/** What a variable holds that is given a value once. */
function onlyValue(r: Reading, e: Expression): Expression | undefined {
  if (e.kind !== "name" || e.binding < 0) return undefined;
  const writes = r.t.bindings.get(e.binding)?.writes ?? [];
  const [only] = writes;
  return writes.length === 1 && only?.operator === "" && only.value?.kind !== "name" ? only.value : undefined;
}

/** `text` of `text.trim().toLowerCase()`: it is as long. */
function unshaped(text: Expression): Expression {
  return text.kind === "call" && text.callee.kind === "member" && shaping.has(text.callee.name) ? unshaped(text.callee.object) : text;
}

/** `if (text.length > 200)`, `len(text)`: somebody looks after how long it is. */
function isMeasured(r: Reading, text: Expression, spot: Spot): boolean {
  const base = unshaped(text);
  const same = (e: Expression, where: Spot): boolean =>
    where.fn === spot.fn && (sameThing(r, text, spot, e, where) || (base !== text && sameThing(r, base, spot, e, where)));
  if (r.python)
    return r.t.calls.some(
      ({ e, spot: where }) =>
        e.callee.kind === "name" && e.callee.name === "len" && e.args[0] !== undefined && same(e.args[0].value, where),
    );
  return r.t.expressions.some(
    ({ e, spot: where }) =>
      e.kind === "binary" &&
      /^[<>]/.test(e.operator) &&
      [e.left, e.right].some((side) => side.kind === "member" && side.name === "length" && same(side.object, where)),
  );
}
