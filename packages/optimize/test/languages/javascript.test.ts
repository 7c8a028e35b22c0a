import { describe, expect, test } from "vitest";
import { lineAt } from "../../src/model/facts.ts";
import { bindingNamed, body, facts, free, functionNamed, shape, value } from "./lowered.ts";

describe("names", () => {
  test("hoisted functions, var out of blocks, and later constants resolve", () => {
    const of = facts("function f() { g(); if (a) { var v = 1 } return v + c }\nfunction g() {}\nconst c = 1;");
    const inner = functionNamed(of, "f").body;
    expect(shape(inner[0])).toMatchObject({ value: { callee: { binding: bindingNamed(of, "g").id } } });
    expect(shape(inner[2])).toMatchObject({
      value: { left: { binding: bindingNamed(of, "v").id }, right: { binding: bindingNamed(of, "c").id } },
    });
    expect(bindingNamed(of, "v").owner).toBe(functionNamed(of, "f").id);
    expect(bindingNamed(of, "g")).toMatchObject({ kind: "function", definition: functionNamed(of, "g").id, owner: 0 });
  });

  test("an inner declaration hides an outer one, also before it stands", () => {
    const of = facts("const x = 1; function f() { use(x); const x = 2 }");
    const [outer, inner] = of.bindings.map((one, id) => ({ ...one, id })).filter((one) => one.name === "x");
    expect(outer?.owner).toBe(0);
    expect(shape(functionNamed(of, "f").body[0])).toMatchObject({ value: { args: [{ value: { binding: inner?.id } }] } });
  });

  test("an undeclared name that is assigned is an implicit binding of the module", () => {
    const of = facts("function f() { for (i = 0; i < 3; i++) g(i) }", "a.js");
    expect(bindingNamed(of, "i")).toMatchObject({ kind: "implicit", owner: 0 });
    expect(shape(functionNamed(of, "f").body[0])).toMatchObject({ test: { left: { binding: bindingNamed(of, "i").id } } });
  });

  test("captures are bindings of outer functions, through nested ones, and never of the module", () => {
    const of = facts("const m = 1; function a(p) { const q = 1; return function b() { return () => p + q + m } }");
    const captured = (name: string): string[] => functionNamed(of, name).captures.map((id) => of.bindings[id]?.name ?? "");
    expect(captured("a")).toEqual([]);
    expect(captured("b")).toEqual(["p", "q"]);
    expect(of.functions[3]?.captures).toEqual(functionNamed(of, "b").captures);
  });

  test("functions are called by their own name, or by what they are given to", () => {
    const names = facts(
      "User.getX = async function () {}; const a = () => {}; x = { b() {}, c: () => {}, get d() { return 1 } }; class K { e = () => {}; #f() {} static g() {} }; function h(i = () => {}) {} export default () => {}",
    ).functions.map((one) => one.name);
    expect(names).toEqual(["", "getX", "a", "b", "c", "d", "e", "#f", "g", "h", "i", "default"]);
  });

  test("types and values of one name are two things", () => {
    const of = facts("interface A { b: string } const A = 1; let x: A = A; type B<T> = T; let y: B<T>;");
    const type = of.bindings.findIndex((one) => one.name === "A" && one.kind === "type");
    expect(bindingNamed(of, "x").type).toMatchObject({ kind: "name", path: ["A"], binding: type });
    expect(of.types.map((one) => [one.name, one.parameters])).toEqual([
      ["A", []],
      ["B", ["T"]],
    ]);
  });
});

describe("modules", () => {
  test("imports and exports", () => {
    const of = facts(
      `import a, { b as c, type D } from "m"; import * as n from "n"; import type { T } from "t"; export { a, c as e }; export { f as g } from "h"; export * from "i"; export * as j from "k"; export const l = 1; export default function o() {}`,
    );
    expect(of.imports).toEqual(["m", "n", "h", "i", "k"]);
    expect(bindingNamed(of, "c")).toMatchObject({ kind: "import", from: { specifier: "m", name: "b", typeOnly: false } });
    expect(bindingNamed(of, "D").from?.typeOnly).toBe(true);
    expect(bindingNamed(of, "n").from?.name).toBe("*");
    expect(of.exports.map((one) => [one.name, one.binding === undefined ? one.from : of.bindings[one.binding]?.name])).toEqual([
      ["a", "a"],
      ["e", "c"],
      ["g", { specifier: "h", name: "f", typeOnly: false }],
      ["*", { specifier: "i", name: "*", typeOnly: false }],
      ["j", { specifier: "k", name: "*", typeOnly: false }],
      ["l", "l"],
      ["default", "o"],
    ]);
  });

  test("CommonJS: module, exports and require without a declaration", () => {
    const of = facts(`const a = require("a"); exports.b = 1; module.exports = a;`, "a.js");
    expect(of.commonjs).toBe(true);
    expect(of.imports).toEqual(["a"]);
    expect(bindingNamed(of, "module")).toMatchObject({ kind: "module", owner: 0 });
    expect(shape(of.functions[0]?.body[0])).toMatchObject({ value: { kind: "import", specifier: { value: "a" }, dynamic: false } });
  });

  test("a declared require is a call", () => {
    const of = facts(`const a = require("a"); function require(x) { return x }`, "a.js");
    expect(of).toMatchObject({ commonjs: false, imports: [] });
    expect(shape(of.functions[0]?.body[0])).toMatchObject({ value: { kind: "call", callee: { name: "require" } } });
  });

  test("export = is an assignment to module.exports; dynamic imports are imports", () => {
    expect(shape(body("const a = 1; export = a;").at(-1))).toMatchObject({
      kind: "assign",
      target: { kind: "member", target: { name: "exports", object: { name: "module" } } },
    });
    expect(shape(value(`x = await import("./a")`))).toMatchObject({ kind: "await", value: { kind: "import", dynamic: true } });
  });
});

describe("expressions", () => {
  test("optional chains are flags; parentheses and assertions vanish; casts stay", () => {
    expect(shape(value("x = (a?.b)!.c?.(d)"))).toEqual({
      kind: "call",
      callee: { kind: "member", object: { kind: "member", object: free("a"), name: "b", optional: true }, name: "c", optional: false },
      args: [{ value: free("d"), spread: false }],
      new: false,
      tag: false,
      optional: true,
      types: [],
    });
    expect(shape(value("x = a as unknown as B"))).toMatchObject({
      kind: "cast",
      type: { path: ["B"] },
      value: { kind: "cast", type: { name: "unknown" } },
    });
    expect(shape(value("x = a as const"))).toEqual(free("a"));
  });

  test("literals", () => {
    expect(
      shape([value("x = void 0"), value("x = undefined"), value("x = `a`"), value("x = -1"), value("x = /a/g"), value("x = 10n")]),
    ).toEqual([
      { kind: "literal", type: "undefined", value: null },
      { kind: "literal", type: "undefined", value: null },
      { kind: "literal", type: "string", value: "a" },
      { kind: "literal", type: "number", value: -1 },
      { kind: "literal", type: "regexp", value: "a", flags: "g" },
      { kind: "literal", type: "bigint", value: "10" },
    ]);
  });

  test("assignments as statements and as values", () => {
    expect(shape(body("a ??= b"))).toEqual([
      { kind: "assign", target: { kind: "bind", binding: 0, name: "a" }, value: free("b"), operator: "??", declares: false },
    ]);
    expect(shape(value("a = b = c"))).toMatchObject({ kind: "assign", operator: "", value: free("c") });
    expect(shape(body("a(), b = 1"))).toMatchObject([{ kind: "expression" }, { kind: "assign" }]);
    expect(shape(value("i++"))).toMatchObject({ kind: "unary", operator: "++" });
  });

  test("elements", () => {
    expect(shape(value(`x = <A.b c="d" e {...f}>text {g} {/* none */}<h-i /></A.b>`, "a.tsx"))).toEqual({
      kind: "element",
      tag: { kind: "member", object: free("A"), name: "b", optional: false },
      attributes: [
        { name: "c", value: { kind: "literal", type: "string", value: "d" }, spread: false },
        { name: "e", value: { kind: "literal", type: "boolean", value: true }, spread: false },
        { name: "", value: free("f"), spread: true },
      ],
      children: [free("g"), { kind: "element", tag: "h-i", attributes: [], children: [] }],
    });
  });

  test("templates keep one string more than values; tags get one template", () => {
    expect(shape(value("x = sql`a${b}c`"))).toMatchObject({
      kind: "call",
      tag: true,
      args: [{ value: { kind: "template", strings: ["a", "c"], values: [free("b")] } }],
    });
  });
});

describe("statements", () => {
  test("loops of every form", () => {
    const loops = body(
      "l: for (const [a, b] of xs) continue l; for (k in o) ; for (let i = 0; i < n; i++) ; while (a) ; do ; while (b); async function f() { for await (const x of y) ; }",
    );
    expect(loops.map((one) => (one.kind === "loop" ? one.form : one.kind))).toEqual(["each", "keys", "count", "while", "do"]);
    expect(loops[0]).toMatchObject({ label: "l", body: [{ kind: "continue", label: "l" }], target: { kind: "array" } });
  });

  test("else-if chains nest, blocks dissolve, labels keep theirs", () => {
    expect(shape(body("if (a) b(); else if (c) d(); else e()"))).toMatchObject([
      { kind: "branch", else: [{ kind: "branch", else: [{ kind: "expression" }] }] },
    ]);
    expect(body("{ a(); { b() } }").map((one) => one.kind)).toEqual(["expression", "expression"]);
    expect(shape(body("x: { break x }"))).toMatchObject([{ kind: "block", label: "x", body: [{ kind: "break", label: "x" }] }]);
  });

  test("destructuring with defaults, renames, computed names and rest", () => {
    expect(shape(body("const { a, b: { c = 1 }, [d]: e, ...f } = g"))).toMatchObject([
      {
        declares: true,
        target: {
          kind: "object",
          rest: { kind: "bind", name: "f" },
          properties: [
            { name: "a", target: { name: "a" } },
            { name: "b", target: { properties: [{ name: "c", target: { kind: "default" } }] } },
            { name: "", computed: free("d"), target: { name: "e" } },
          ],
        },
      },
    ]);
  });

  test("enums and namespaces are constants with an object", () => {
    expect(shape(value(`enum E { A, B = 5, C, D = "d" }`))).toMatchObject({
      kind: "object",
      properties: [{ name: "A", value: { value: 0 } }, { value: { value: 5 } }, { value: { value: 6 } }, { value: { value: "d" } }],
    });
    expect(shape(value("namespace N.O { export const a = 1; const b = a }"))).toMatchObject({
      properties: [{ name: "O", value: { properties: [{ name: "a" }] } }],
    });
  });
});

describe("classes", () => {
  const of = facts(
    "@Entity() class A extends B<C> implements D { constructor(private readonly e: E, @Inject() f?: F) { super() } g = async () => {}; static h = 1; get i() { return 1 } #j() {} abstract k(): void; l(): void; l(m?: string): void {} declare n: N[]; static { A.h = 2 } }",
  );
  const members = of.classes[0]?.members ?? [];

  test("members of every kind", () => {
    expect(members.map((one) => [one.name, one.kind, one.static])).toEqual([
      ["constructor", "constructor", false],
      ["e", "field", false],
      ["g", "field", false],
      ["h", "field", true],
      ["i", "getter", false],
      ["#j", "method", false],
      ["k", "method", false],
      ["l", "method", false],
      ["n", "field", false],
      ["", "field", true],
    ]);
    expect(members[1]).toMatchObject({ parameter: 0, type: { path: ["E"] } });
    expect(members[2]?.value).toMatchObject({ kind: "function" });
    expect(members[6]).toMatchObject({ abstract: true });
    expect(members[6]?.function).toBeUndefined();
    expect(members[8]).toMatchObject({ type: { kind: "array", of: { path: ["N"] } } });
    expect(members[9]?.value).toMatchObject({ kind: "call", callee: { kind: "function" } });
  });

  test("heads", () => {
    expect(shape(of.classes[0])).toMatchObject({
      name: "A",
      bases: [{ kind: "cast", value: free("B"), type: { path: ["B"], args: [{ path: ["C"] }] } }],
      implements: [{ path: ["D"] }],
      decorators: [{ kind: "call" }],
    });
    expect(functionNamed(of, "constructor").params[1]).toMatchObject({ type: { path: ["F"] }, decorators: [{ kind: "call" }] });
  });
});

describe("positions", () => {
  test("offsets are UTF-16 units, lines those of editors", () => {
    const text = `const a = "😀日本";\r\n/* 😀 */ b(a);\rc();\nd();`;
    const of = facts(text);
    const [, b, , d] = of.functions[0]?.body ?? [];
    expect(text.slice(b?.at, b?.end)).toBe("b(a);");
    expect([b, d].map((one) => lineAt(of.lines, one?.at ?? 0))).toEqual([2, 4]);
  });

  test("a byte order mark and a hashbang move nothing", () => {
    for (const head of ["\uFEFF", "#!/usr/bin/env node\n"]) {
      const text = `${head}a();`;
      const of = facts(text, "a.js");
      const first = of.functions[0]?.body[0];
      expect(text.slice(first?.at, first?.end)).toBe("a();");
      expect(lineAt(of.lines, first?.at ?? 0)).toBe(head.endsWith("\n") ? 2 : 1);
    }
  });
});

describe("optimize-allow", () => {
  test("speaks of its own line, or of the next line with code", () => {
    const text = [
      "a(); // optimize-allow db/n-plus-one -- small",
      "// optimize-allow io/x -- why not",
      "",
      "/* another */",
      "b();",
      "/* optimize-allow c/d */ e();",
    ].join("\n");
    expect(facts(text).allows).toEqual([
      { rule: "db/n-plus-one", reason: "small", line: 1, target: 1 },
      { rule: "io/x", reason: "why not", line: 2, target: 5 },
      { rule: "c/d", reason: "", line: 6, target: 6 },
    ]);
  });

  test("in elements", () => {
    expect(facts("x = <a>\n  {/* optimize-allow fe/y -- z */}\n  <b />\n</a>;", "a.tsx").allows).toEqual([
      { rule: "fe/y", reason: "z", line: 2, target: 3 },
    ]);
  });
});

test("facts are plain data", () => {
  const of = facts("export class A { b = () => 1 }");
  expect(JSON.parse(JSON.stringify(of))).toEqual(of);
});
