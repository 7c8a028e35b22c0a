import { describe, expect, test } from "vitest";
import { facts } from "./lowered-python.ts";
import { bindingNamed, functionNamed, shape } from "./lowered.ts";

describe("scopes", () => {
  test("a name that a function assigns anywhere is its own, also before the assignment", () => {
    const of = facts("x = 1\ndef f():\n    use(x)\n    x = 2\n");
    const own = of.bindings.findIndex((one) => one.name === "x" && one.owner === 1);
    expect(shape(functionNamed(of, "f").body[0])).toMatchObject({ value: { args: [{ value: { binding: own } }] } });
  });

  test("global names are the module's, nonlocal names the surrounding function's", () => {
    const of = facts(
      "def f():\n    n = 0\n    def g():\n        global m\n        nonlocal n\n        m = 1\n        n = 2\n    return g\n",
    );
    expect(bindingNamed(of, "m").owner).toBe(0);
    const n = bindingNamed(of, "n").id;
    expect(of.bindings.filter((one) => one.name === "n")).toHaveLength(1);
    expect(functionNamed(of, "g").body[1]).toMatchObject({ target: { kind: "bind", binding: n } });
    expect(functionNamed(of, "g").captures).toEqual([n]);
  });

  test("functions do not see the names of the class around them", () => {
    const of = facts("x = 1\nclass A:\n    x = 2\n    y = x\n    def f(self):\n        return x\n");
    expect(functionNamed(of, "f").body[0]).toMatchObject({ value: { kind: "name", binding: bindingNamed(of, "x").id } });
    expect(of.classes[0]?.members[1]?.value).toMatchObject({ kind: "member", object: { name: "A" }, name: "x" });
  });

  test("a comprehension has names of its own, and its first iterable is outside", () => {
    const of = facts("x = [1]\ny = [x for x in x]\n");
    const [outer, inner] = of.bindings.map((one, id) => ({ ...one, id })).filter((one) => one.name === "x");
    expect(of.functions[0]?.body[1]).toMatchObject({
      value: { value: { binding: inner?.id }, clauses: [{ target: { binding: inner?.id }, iterable: { binding: outer?.id } }] },
    });
  });

  test(":= in a comprehension binds outside of it", () => {
    const of = facts("def f(xs):\n    return [y for x in xs if (y := g(x))]\n");
    expect(bindingNamed(of, "y").owner).toBe(1);
    expect(functionNamed(of, "f").body[0]).toMatchObject({ value: { value: { binding: bindingNamed(of, "y").id } } });
  });

  test("names of handlers, imports, loops and with are bound", () => {
    const of = facts("try:\n    import a.b\nexcept E as e:\n    raise\nwith f() as (g, h):\n    pass\nfor i, (j, *k) in l:\n    pass\n");
    expect(of.bindings.map((one) => one.name)).toEqual(["a", "e", "g", "h", "i", "j", "k"]);
  });

  test("a name that branches assign exists before them", () => {
    const of = facts("def f(a):\n    if a:\n        x = 1\n    else:\n        x = 2\n    return x\n");
    expect(functionNamed(of, "f").body[0]).toMatchObject({ kind: "assign", declares: true, target: { name: "x" } });
  });
});

describe("modules", () => {
  test("imports: whole, renamed, relative, all names, and for types only", () => {
    const of = facts(
      "from typing import TYPE_CHECKING\nimport a.b, c.d as e\nfrom . import f\nfrom ..g.h import (i as j, k,)\nfrom l import *\nif TYPE_CHECKING:\n    from m import N\n",
    );
    expect(of.imports).toEqual(["typing", "a.b", "c.d", ".", "..g.h", "l"]);
    expect(bindingNamed(of, "a").from).toEqual({ specifier: "a", name: "*", typeOnly: false });
    expect(bindingNamed(of, "e").from).toEqual({ specifier: "c.d", name: "*", typeOnly: false });
    expect(bindingNamed(of, "f").from).toEqual({ specifier: ".", name: "f", typeOnly: false });
    expect(bindingNamed(of, "j").from).toEqual({ specifier: "..g.h", name: "i", typeOnly: false });
    expect(bindingNamed(of, "N").from?.typeOnly).toBe(true);
    expect(of.exports.at(-1)).toEqual({ name: "*", from: { specifier: "l", name: "*", typeOnly: false } });
  });

  test("every name of a module may be imported; __all__ says what a star takes", () => {
    const of = facts('__all__ = ["f"]\n__all__ += ["g"]\ndef f(): pass\nx = 1\n');
    expect(of.all).toEqual(["f", "g"]);
    expect(of.exports.map((one) => one.name)).toEqual(["__all__", "f", "x"]);
    expect(facts("x = 1").all).toBeUndefined();
  });
});

describe("classes", () => {
  test("methods: the instance is `this`, also in what stands inside", () => {
    const of = facts(
      "class A(B):\n    def f(self, a):\n        return [self.x(b) for b in a]\n    @staticmethod\n    def g(a): return a\n",
    );
    const f = functionNamed(of, "f");
    expect(f.params.map((one) => one.target)).toMatchObject([{ name: "a" }]);
    expect(f.body[0]).toMatchObject({ value: { value: { callee: { object: { kind: "this" } } } } });
    expect(f.lexicalThis).toBe(false);
    expect(functionNamed(of, "g").params).toHaveLength(1);
  });

  test("members: kinds, values, types and nested classes", () => {
    const of = facts(
      "class A(Base, Repo[User], metaclass=M):\n    x: int\n    y = make(1)\n    z: str = ''\n    def __init__(self): pass\n    @property\n    def p(self): return 1\n    @p.setter\n    def p(self, v): pass\n    @classmethod\n    async def c(cls): pass\n    class Meta:\n        ordering = ['x']\n",
    );
    const [, a] = of.classes[0]?.name === "A" ? [undefined, of.classes[0]] : of.classes;
    expect(a?.members.map((one) => [one.name, one.kind, one.static])).toEqual([
      ["x", "field", false],
      ["y", "field", true],
      ["z", "field", true],
      ["__init__", "constructor", false],
      ["p", "getter", false],
      ["p", "setter", false],
      ["c", "method", true],
      ["Meta", "field", true],
    ]);
    expect(a?.members[1]?.value).toMatchObject({ kind: "call", callee: { name: "make" } });
    expect(a?.members[2]?.type).toEqual({ kind: "primitive", name: "string" });
    expect(a?.bases[1]).toMatchObject({ kind: "cast", type: { path: ["Repo"], args: [{ path: ["User"] }] } });
    expect(a?.keywords).toMatchObject([{ name: "metaclass", value: { name: "M" } }]);
    expect(of.classes[1]?.members[0]).toMatchObject({ name: "ordering", value: { kind: "array" } });
  });
});

describe("types", () => {
  const type = (text: string): unknown => shape(bindingNamed(facts(`def f(x: ${text}): pass\n`), "x").type);
  const user = { kind: "name", path: ["User"], binding: -1, args: [] };
  const none = { kind: "primitive", name: "null" };

  test.each([
    ["Optional[User]", { kind: "union", of: [user, none] }],
    ["User | None", { kind: "union", of: [user, none] }],
    ["'User'", user],
    ["list['User']", { kind: "array", of: user }],
    ["tuple[User, int]", { kind: "tuple", of: [user, { kind: "primitive", name: "number" }] }],
    ["Literal['a']", { kind: "literal", value: "a" }],
    ["m.Query[User]", { kind: "name", path: ["m", "Query"], binding: -1, args: [user] }],
    ["not_a_type()", { kind: "primitive", name: "unknown" }],
  ])("%s", (text, expected) => expect(type(text)).toEqual(expected));

  test("what Annotated adds is kept with the parameter", () => {
    const of = facts("def f(db: Annotated[Session, Depends(get)]): pass\n");
    expect(functionNamed(of, "f").params[0]).toMatchObject({
      type: { path: ["Session"] },
      decorators: [{ kind: "call", callee: { name: "Depends" } }],
    });
  });

  test("type parameters and aliases", () => {
    const of = facts("type Pair[T] = tuple[T, T]\ndef f[T: int](x: T) -> T: return x\nclass A[T](B): pass\n");
    expect(of.types).toMatchObject([{ name: "Pair", parameters: ["T"], type: { kind: "tuple" } }]);
    expect(functionNamed(of, "f").returns).toMatchObject({ path: ["T"], binding: -1 });
  });
});
