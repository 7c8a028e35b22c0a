/** Patterns of `case` -> the test that they are. */
import type { Expression } from "../../model/facts-expressions.ts";
import { atom } from "./atoms.ts";
import { binary, deeper } from "./expressions.ts";
import { both } from "./match.ts";
import type { Reading } from "./reading.ts";
import { bind } from "./scope.ts";
import { accept, advance, ahead, expect, skipString, unexpected } from "./tokens.ts";

type Subject = () => Expression;
type Test = Expression | undefined;

/** A test that always holds. */
export function everySubject(at: number): Expression {
  return { kind: "literal", type: "boolean", value: true, at, end: at };
}

/** One pattern, or a sequence without brackets; gives undefined when it fits everything. */
export function casePattern(r: Reading, subject: Subject): Test {
  const at = r.start;
  if (r.kind !== "*" && !commaAhead(r)) return alternatives(r, subject);
  const tests: Test[] = [];
  while (r.kind !== ":" && r.kind !== "if") {
    tests.push(alternatives(r, part(subject, String(tests.length))));
    if (!accept(r, ",")) break;
  }
  return all([shape(subject(), "a sequence", at, r.before), ...tests]);
}

/** Whether a comma stands on the level of the current token: then a sequence starts there. */
function commaAhead(r: Reading): boolean {
  const opens = r.kind === "(" || r.kind === "[" || r.kind === "{";
  const level = opens ? r.brackets - 1 : r.brackets;
  return ahead(r, () => {
    while (r.kind !== "newline" && r.kind !== "end" && r.brackets >= level) {
      if (r.brackets === level && (r.kind === "," || r.kind === ":" || r.kind === "if")) return r.kind === ",";
      if (r.kind === "fstring") skipString(r);
      advance(r);
    }
    return false;
  });
}

function all(tests: readonly Test[]): Test {
  return tests.reduce<Test>((left, right) => both(left, right), undefined);
}

/** The subject has a shape that only run time knows. */
function shape(subject: Expression, words: string, at: number, end: number): Expression {
  return { kind: "binary", operator: "match", left: subject, right: { kind: "literal", type: "string", value: words, at, end }, at, end };
}

function part(subject: Subject, name: string): Subject {
  return () => {
    const object = subject();
    return { kind: "member", object, name, optional: false, subscript: true, at: object.at, end: object.end };
  };
}

function member(subject: Subject, name: string): Subject {
  return () => {
    const object = subject();
    return { kind: "member", object, name, optional: false, at: object.at, end: object.end };
  };
}

function alternatives(r: Reading, subject: Subject): Test {
  deeper(r);
  let test = closed(r, subject);
  let open = test === undefined;
  while (accept(r, "|")) {
    const other = closed(r, subject);
    if (other === undefined) open = true;
    else if (test !== undefined) test = { kind: "logical", operator: "||", left: test, right: other, at: test.at, end: other.end };
  }
  if (open) test = undefined;
  if (accept(r, "as")) test = both(test, capture(r, subject));
  r.depth--;
  return test;
}

/** `name`: an assignment that always holds. */
function capture(r: Reading, subject: Subject): Test {
  if (r.kind !== "name") throw unexpected(r, r.start);
  const { word: name, start: at, end } = r;
  advance(r);
  if (name === "_") return undefined;
  const assign: Expression = { kind: "assign", target: bind(r, name, at, end), value: subject(), operator: "", at, end };
  return { kind: "sequence", values: [assign, everySubject(end)], at, end };
}

function closed(r: Reading, subject: Subject): Test {
  const at = r.start;
  switch (r.kind) {
    case "(":
    case "[":
      return sequence(r, subject);
    case "{":
      return mapping(r, subject);
    case "name":
      return dottedOrClass(r, subject);
    case "*":
      advance(r);
      return capture(r, subject);
    default: {
      // Numbers with signs, sums of complex numbers, strings, None, True, False.
      const value = binary(r, 9);
      return { kind: "binary", operator: "===", left: subject(), right: value, at, end: r.before };
    }
  }
}

function sequence(r: Reading, subject: Subject): Test {
  const at = r.start;
  const close = r.kind === "(" ? ")" : "]";
  advance(r);
  // `(pattern)` is a group; its one pattern speaks of the subject itself.
  if (close === ")" && r.kind !== ")" && r.kind !== "*" && !commaAhead(r)) {
    const test = alternatives(r, subject);
    expect(r, close);
    return test;
  }
  const tests: Test[] = [];
  while (r.kind !== close) {
    tests.push(alternatives(r, part(subject, String(tests.length))));
    if (!accept(r, ",")) break;
  }
  expect(r, close);
  return all([shape(subject(), "a sequence", at, r.before), ...tests]);
}

function mapping(r: Reading, subject: Subject): Test {
  const at = r.start;
  advance(r);
  const tests: Test[] = [];
  while (r.kind !== "}") {
    if (accept(r, "**")) tests.push(capture(r, subject));
    else {
      const key = binary(r, 5);
      expect(r, ":");
      const name = key.kind === "literal" ? String(key.value) : "";
      tests.push(alternatives(r, name === "" ? subject : part(subject, name)));
    }
    if (!accept(r, ",")) break;
  }
  expect(r, "}");
  return all([shape(subject(), "a mapping", at, r.before), ...tests]);
}

/** `name`, `a.B`, `Class(x, y=z)`. */
function dottedOrClass(r: Reading, subject: Subject): Test {
  const at = r.start;
  const plain = !/^\s*[.(]/.test(r.text.slice(r.end, r.end + 40));
  if (plain) return capture(r, subject);
  let value = atom(r);
  while (accept(r, ".")) {
    value = { kind: "member", object: value, name: r.word, optional: false, at, end: r.end };
    advance(r);
  }
  if (!accept(r, "(")) return { kind: "binary", operator: "===", left: subject(), right: value, at, end: r.before };
  const tests: Test[] = [];
  while (r.kind !== ")") {
    const name = r.kind === "name" && /^\s*=(?!=)/.test(r.text.slice(r.end, r.end + 40)) ? r.word : undefined;
    if (name !== undefined) {
      advance(r);
      expect(r, "=");
    }
    tests.push(alternatives(r, name === undefined ? subject : member(subject, name)));
    if (!accept(r, ",")) break;
  }
  expect(r, ")");
  return all([{ kind: "binary", operator: "instanceof", left: subject(), right: value, at, end: r.before }, ...tests]);
}
