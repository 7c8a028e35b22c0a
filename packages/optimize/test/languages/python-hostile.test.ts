/** Python that nobody would write, and Python that was cut off: what is read has an end, and nothing throws. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { lowerPython } from "../../src/languages/python/index.ts";

const read = (text: string): ReturnType<typeof lowerPython> => lowerPython({ file: "a.py", text });
const many = (unit: string, count = 10_000): string => unit.repeat(count);

/** `after()` stands behind what cannot be read. */
function calls(text: string): string[] {
  return read(text).facts.functions[0]?.body.flatMap((one) =>
    one.kind === "expression" && one.value.kind === "call" && one.value.callee.kind === "name" ? [one.value.callee.name] : [],
  ) as string[];
}

describe("nesting that is too deep is named", () => {
  test.each([
    ["brackets", `x = ${many("(")}1${many(")")}\n`],
    ["dicts", `x = ${many("{1:")}1${many("}")}\n`],
    ["calls", `x = ${many("f(")}1${many(")")}\n`],
    ["subscripts", `x = ${many("a[")}1${many("]")}\n`],
    ["lambdas", `x = ${many("lambda: ")}1\n`],
    ["conditions", `x = ${many("a if b else ")}c\n`],
    ["comprehensions", `x = ${many("[a for a in ")}b${many("]")}\n`],
    ["f-strings", `x = ${many("f'{")}1${many("}'")}\n`],
    ["formats", `x = f'{a:${many("{b:")}${many("}")}}'\n`],
    ["annotations", `x: ${many("list[")}int${many("]")} = 1\n`],
    ["patterns", `match x:\n    case ${many("[")}a${many("]")}: pass\n`],
    ["targets", `for ${many("(")}a${many(",)")} in b: pass\n`],
    ["negations", `x = ${many("not ")}a\n`],
    ["awaits", `x = ${many("await ")}a\n`],
    ["members", `x = a${many(".b")}\n`],
    ["elif", `if a: pass\n${many("elif a: pass\n")}`],
    ["blocks", `${Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}while a:\n`).join("")}${" ".repeat(1000)}b()\n`],
  ])("%s", (_, text) => {
    const { failure } = read(`${text}\nafter()\n`);
    expect(["too-deep", "syntax"]).toContain(failure?.code);
    expect(calls(`${text}\nafter()\n`)).toContain("after");
  });
});

describe("what has no end is named once, and has one", () => {
  test.each([
    ["brackets", many("[")],
    ["brackets on lines", many("[\n")],
    ["quotes", many("'\n")],
    ["f-strings", many("f'{\n")],
    ["backslashes", many("\\")],
    ["backticks", many("`")],
    ["with", many("with (\n", 2000)],
    ["match", many("match (\n", 2000)],
    ["decorators", many("@a\n")],
    ["definitions", many("def f(\n")],
    ["heads", many("if a:\n")],
    ["nuls", many("\0")],
  ])("%s", (_, text) => {
    expect(read(text).failure?.message).toMatch(/^[^\n]+$/u);
  });
});

test("what is odd and right is read", () => {
  for (const text of [
    `x = [${many("1,")}]\nafter()\n`,
    `x = '${many("a", 1_000_000)}'\nafter()\n`,
    `x = ${many("1 + \\\n ")}1\nafter()\n`,
    "\f\nx = 1\n\f\ndef f():\n\f    return 1\nafter()\n",
    "if a:\r\n\tb()\r\n        c()\r\nafter()\r\n",
    "if a:\r    b()\rafter()\r",
  ])
    expect([read(text).failure, calls(text)]).toEqual([undefined, ["after"]]);
});

test("a NUL costs its line, and is called by its name", () => {
  const { failure } = read("x = 1\0\nafter()\n");
  expect([failure?.line, failure?.message]).toEqual([1, "a character that no source holds"]);
  expect(calls("x = 1\0\nafter()\n")).toEqual(["after"]);
});

test("Python 2 is read as far as it goes, and named where it does not", () => {
  expect(calls("print {'a': 1}\nprint not a\nprint None\nprint lambda: 1\nafter()\n")).toEqual([
    "print",
    "print",
    "print",
    "print",
    "after",
  ]);
  expect(read("print = logging.info\nx = print not in y\n").failure).toBeUndefined();
  expect(read("print 'a'\nx = = 1\n").failure?.message).toBe("unexpected token; the file is written in Python 2");
});

const folder = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const samples = [
  ...readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") && !/venv|site-packages/u.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8")),
  `import asyncio\nfrom a import (b, c as d)\n\n@dec(x=1)\nasync def f(a, /, b: int = 1, *args, c, **kw) -> "list[int]":\n    async with g(a) as h, i:
        async for j in h:\n            yield await k(j, *args, key=f"{j!r:>{b}} {'x' if a else 'y'}")\n    return [m async for m in n if (o := m)]\n
class A[T: int](B, metaclass=C):\n    x: int = 1\n    def p(self): return super().p() + self.x\n
match q:\n    case {"a": [r, *s], **t} if r > 1: u()\n    case V(w=1) | None as z: pass\n
try:\n    pass\nexcept* (E, F) as e:\n    raise G from e\nelse:\n    del q[1:2, ::3]\nfinally:\n    lambda *a, **k: (yield)\n`,
];

/** A generator of its own: the same texts at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

const pieces = ["(", ")", "[", "]", "{", "}", ":", "'", '"""', "f'{", "\n", "\n    ", "\n\t", "\\\n", "@", "*", "**", ",", "=", ":=", "->", "#", "lambda ",
  "async ", "await ", "def ", "class ", "if ", "else:", "for ", " in ", "match ", "case _:", "try:", "except ", "with ", "yield ", "\0", "\ud800", "\f"]; // prettier-ignore

function mutated(text: string, next: () => number): string {
  let out = text;
  for (let i = 0; i < 1 + next() * 4; i++) {
    const at = Math.floor(next() * out.length);
    const length = Math.floor(next() * 20);
    const piece = pieces[Math.floor(next() * pieces.length)] ?? "";
    const choice = next();
    if (choice < 0.3) out = out.slice(0, at) + out.slice(at + length);
    else if (choice < 0.7) out = out.slice(0, at) + piece + out.slice(at);
    else if (choice < 0.85) out = out.slice(0, at) + out.slice(at, at + length) + out.slice(at);
    else out = out.slice(0, at);
  }
  return out;
}

test("four hundred damaged texts are read, their functions are whole, and they can be interpreted", async () => {
  const next = random(Number(process.env["FUZZ_SEED"] ?? 20_261));
  const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 400);
  const sources: { file: string; text: string }[] = [];
  for (let i = 0; i < rounds; i++) {
    const text = mutated(samples[Math.floor(next() * samples.length)] ?? "", next);
    const { facts } = read(text);
    expect(facts.functions.every((one, id) => one.id === id && one.parent <= id && one.end <= text.length)).toBe(true);
    sources.push({ file: `a${i}.py`, text });
  }
  const { failures } = await analyzeSources(sources);
  expect(failures.filter((one) => !["syntax", "too-deep", "steps"].includes(one.code))).toEqual([]);
});
