import { describe, expect, test } from "vitest";
import { lineAt } from "../../src/model/facts.ts";
import { lowerPython } from "../../src/languages/python/index.ts";
import { body, facts, value } from "./lowered-python.ts";
import { functionNamed, shape } from "./lowered.ts";

const kinds = (text: string): string[] => body(text).map((one) => one.kind);

describe("statements", () => {
  test("assignments: plain, chained, unpacked, augmented, annotated", () => {
    const [plain, chained, unpacked, augmented, annotated] = body("a = 1\nb = c = f()\nd, *e = g\na += 1\nh: int = 2\ni: str\n");
    expect(plain).toMatchObject({ kind: "assign", declares: true, operator: "" });
    expect(chained).toMatchObject({ target: { name: "b" }, value: { kind: "assign", target: { name: "c" }, value: { kind: "call" } } });
    expect(unpacked).toMatchObject({ target: { kind: "array", elements: [{ name: "d" }], rest: { name: "e" } } });
    expect(augmented).toMatchObject({ operator: "+", declares: false });
    expect(annotated).toMatchObject({ target: { name: "h" }, value: { value: 2 } });
  });

  test("a text for its own sake is no statement", () => {
    expect(body('"""About."""\n')).toEqual([]);
  });

  test("loops: what follows `else` is done unless the loop is left", () => {
    expect(kinds("for a in b:\n    c()\nelse:\n    d()\n")).toEqual(["loop", "expression"]);
    expect(kinds("while a:\n    break\nelse:\n    d()\n")).toEqual(["loop", "branch"]);
    expect(body("async def f():\n    async for a in b: pass\n")).toEqual([]);
    expect(functionNamed(facts("async def f():\n    async for a in b: pass\n"), "f").body[0]).toMatchObject({ kind: "loop", async: true });
  });

  test("try: handlers by class, else behind the body, finally", () => {
    const [of] = body("try:\n    a()\nexcept (B, C) as e:\n    d(e)\nexcept Exception:\n    f()\nelse:\n    g()\nfinally:\n    h()\n");
    expect(of).toMatchObject({
      kind: "try",
      body: [{ value: { callee: { name: "a" } } }, { value: { callee: { name: "g" } } }],
      param: { name: "e" },
      handler: [{ kind: "branch", test: { operator: "instanceof" }, then: [{ kind: "expression" }], else: [{}, { kind: "expression" }] }],
      finalizer: [{ kind: "expression" }],
    });
    const [only] = body("try:\n    a()\nexcept* B:\n    pass\n");
    expect(only).toMatchObject({ handler: [{ kind: "branch", else: [{ kind: "throw" }] }] });
  });

  test("with: several items, in brackets too", () => {
    const items = { kind: "with", items: [{ value: { kind: "call" }, target: { name: "b" } }, { value: { name: "c" } }] };
    expect(body("with a() as b, c:\n    pass\n")[0]).toMatchObject(items);
    expect(body("with (\n    a() as b,\n    c,\n):\n    pass\n")[0]).toMatchObject(items);
    expect(body("with (a or b) as c:\n    pass\n")[0]).toMatchObject({ items: [{ value: { kind: "logical" }, target: { name: "c" } }] });
  });

  test("match: branches; captures are assigned where the pattern is tested", () => {
    const [of] = body(
      "match x:\n    case 1 | 2:\n        a()\n    case Point(y=0, z=w) if w:\n        b()\n    case [p, *q]:\n        c()\n    case _:\n        d()\n",
    );
    expect(of).toMatchObject({ kind: "branch", test: { operator: "||" }, else: [{ kind: "branch", else: [{ kind: "branch" }] }] });
    expect(facts("match x:\n    case {'k': v, **r}: pass\n").bindings.map((one) => one.name)).toEqual(["v", "r"]);
    expect(kinds("match = 1\nmatch.x()\nmatch(x)\n")).toEqual(["assign", "expression", "expression"]);
  });

  test("raise, assert, del, return, yield", () => {
    const of = facts("def f():\n    assert a, b\n    del c[0], d\n    x = yield 1\n    yield from g()\n    raise E from e\n");
    const f = functionNamed(of, "f");
    expect(f.generator).toBe(true);
    expect(f.body.map((one) => one.kind)).toEqual(["branch", "expression", "expression", "assign", "expression", "throw"]);
    expect(f.body[4]).toMatchObject({ value: { kind: "yield", delegate: true } });
  });
});

describe("expressions", () => {
  test("calls: by position, by keyword, spread", () => {
    expect(shape(value("f(a, *b, c=1, **d)"))).toMatchObject({
      args: [{ spread: false }, { spread: true }, { name: "c", spread: false }, { name: "**", spread: true }],
    });
  });

  test("attributes, items and slices are told apart", () => {
    expect(value("a.b")).toMatchObject({ kind: "member", name: "b" });
    expect(value("a.b")).not.toHaveProperty("subscript");
    expect(value("a['b']")).toMatchObject({ kind: "member", name: "b", subscript: true });
    expect(value("a[:10]")).toMatchObject({ name: "", computed: { kind: "slice", stop: { value: 10 } } });
    expect(value("a[1, ::2]")).toMatchObject({ computed: { kind: "array", form: "tuple", elements: [{}, { value: { kind: "slice" } }] } });
  });

  test("parameters: defaults, keyword-only, the rest", () => {
    const f = functionNamed(facts("def f(a, /, b=1, *c, d, **e): pass\n"), "f");
    expect(f.params.map((one) => [one.rest, one.keyword, one.default !== undefined])).toEqual([
      [false, undefined, false],
      [false, undefined, true],
      [true, undefined, false],
      [false, "only", false],
      [true, "rest", false],
    ]);
  });

  test("comprehensions of every form", () => {
    expect(value("[a for a in b if c for d in e]")).toMatchObject({ form: "list", clauses: [{ tests: [{}] }, { tests: [] }] });
    expect(value("{a for a in b}")).toMatchObject({ form: "set" });
    expect(value("{a: c for a in b}")).toMatchObject({ form: "dict", key: { name: "a" }, value: { name: "c" } });
    expect(value("f(a async for a in b)")).toMatchObject({ args: [{ value: { form: "generator", clauses: [{ async: true }] } }] });
  });

  test("strings: side by side, escaped, raw, with values", () => {
    expect(value(`x = 'a' "b" '''c'''`)).toMatchObject({ kind: "literal", value: "abc" });
    expect(value(String.raw`x = '\x41\n' r'\n'`)).toMatchObject({ value: "A\n\\n" });
    expect(value("f'a{b!r:>{c}}d' 'e{f}'")).toMatchObject({ kind: "template", values: [{ name: "b" }, { name: "c" }] });
    expect(value('f"{a["b"]} {{c}} {d=}"')).toMatchObject({ strings: ["", " {c} ", ""], values: [{ name: "b" }, { name: "d" }] });
    expect(value("t'{a}'")).toMatchObject({ kind: "template" });
  });

  test("operators bind as in Python", () => {
    expect(value("not a == b and c or d")).toMatchObject({
      operator: "||",
      left: { operator: "&&", left: { kind: "unary", operator: "!", value: { operator: "===" } } },
    });
    expect(value("-a ** b")).toMatchObject({ kind: "unary", value: { operator: "**" } });
    expect(value("a not in b")).toMatchObject({ kind: "unary", operator: "!", value: { operator: "in" } });
    expect(value("a if b else c")).toMatchObject({ kind: "conditional", test: { name: "b" } });
  });

  test("await, lambda, super", () => {
    expect(functionNamed(facts("async def f():\n    return await g().h()\n"), "f").body[0]).toMatchObject({ value: { kind: "await" } });
    expect(facts("k = lambda x, *y: x\n").functions[1]).toMatchObject({ name: "k", lexicalThis: true, params: [{}, { rest: true }] });
    expect(value("super().f()")).toMatchObject({ callee: { object: { kind: "call", callee: { kind: "super" } } } });
  });

  test("decorators are expressions of their function", () => {
    expect(functionNamed(facts("@app.get('/x', tags=[1])\n@b\nasync def f(): pass\n"), "f")).toMatchObject({
      async: true,
      decorators: [{ kind: "call", args: [{}, { name: "tags" }] }, { name: "b" }],
    });
  });
});

describe("places", () => {
  test("offsets are UTF-16 offsets, also behind characters of two units", () => {
    const text = 'é = "😀"\nf(é)\n';
    const [, call] = body(text);
    expect(text.slice(call?.at, call?.end)).toBe("f(é)");
    expect(lineAt(facts(text).lines, call?.at ?? 0)).toBe(2);
  });

  test("allow comments", () => {
    expect(facts("# optimize-allow db/n-plus-one -- few\nf()\ng()  # optimize-allow async/x\n").allows).toEqual([
      { rule: "db/n-plus-one", reason: "few", line: 1, target: 2 },
      { rule: "async/x", reason: "", line: 3, target: 3 },
    ]);
  });
});

describe("what cannot be read", () => {
  const lower = (text: string): { lines: (number | undefined)[]; names: string[] } => {
    const { facts: of, failure } = lowerPython({ file: "a.py", text });
    return { lines: [failure?.line], names: of.functions.slice(1).map((one) => one.name) };
  };

  test("costs its own statement", () => {
    expect(lower("def a(): pass\nx = = 1\ndef b(): pass\n")).toEqual({ lines: [2], names: ["a", "b"] });
    expect(lower("def a():\n    f(1,\ndef b(): pass\n")).toEqual({ lines: [3], names: ["a", "b"] });
    expect(lower("def a():\n    x = 'open\n    def b(): pass\ndef c(): pass\n")).toEqual({ lines: [2], names: ["a", "b", "c"] });
    expect(lower("class A(:\n    def b(self): pass\ndef c(): pass\n")).toEqual({ lines: [1], names: ["b", "c"] });
    expect(lower("x = 1\n  def a(): pass\ndef b(): pass\n").names).toEqual(["a", "b"]);
    expect(lower("a = 1\0\ndef b(): pass\n")).toEqual({ lines: [1], names: ["b"] });
    const inner = "def a():\n    match x:\n        case 1: pass\n        y = = 1\n        case 2: pass\n    def b(): pass\ndef c(): pass\n";
    expect(facts(inner.replace("        y = = 1\n", "")).functions.map((one) => one.parent)).toEqual([0, 0, 1, 0]);
    expect(lowerPython({ file: "a.py", text: inner }).facts.functions.map((one) => one.parent)).toEqual([0, 0, 1, 0]);
    expect(lower("def a():\n    if b:\n        @c\ndef d(): pass\n").names).toEqual(["a", "d"]);
    expect(lower("f('''\ndef b(): pass\n").lines).toEqual([1]);
  });

  test("nesting without end is a failure, never a crash", () => {
    for (const open of ["(", "[", "{", "f(", "-", "not ", "lambda: ", "a if b else ", "f'{"]) {
      const { failure } = lowerPython({ file: "a.py", text: `x = ${open.repeat(10_000)}1\ny = 1\n` });
      expect(failure?.line).toBe(1);
    }
    const nested = Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}if a:`).join("\n");
    expect(lowerPython({ file: "a.py", text: `${nested}\n${" ".repeat(1_000)}b()\nc()\n` }).failure?.code).toBe("too-deep");
  });

  test("long chains of operators come out shallow", () => {
    const depth = (e: unknown): number =>
      typeof e === "object" && e !== null ? 1 + Math.max(0, ...Object.values(e).map((one) => depth(one))) : 0;
    expect(depth(value(`x = ${"a + ".repeat(5_000)}a`))).toBeLessThan(40);
    expect(depth(value(`x = ${"a and ".repeat(5_000)}a`))).toBeLessThan(40);
  });

  test("Python 2: print, exec, backticks, old exceptions and numbers", () => {
    const text = "print 'a', b\nexec 'c'\nx = `y`\nn = 0777 + 10L\ntry:\n    raise E, 'm'\nexcept E, e:\n    print\nif a <> b: pass\n";
    expect(kinds(text)).toEqual(["expression", "expression", "assign", "assign", "try", "branch"]);
  });

  test("tabs and carriage returns", () => {
    expect(facts("def a():\n\tif x:\n        \ty()\n\treturn z\r\ndef b(): pass\r\n").functions.map((one) => one.name)).toEqual([
      "",
      "a",
      "b",
    ]);
  });
});
