/** Reading templates: what their tags become, and that nothing stops the reader. */
import { expect, test } from "vitest";
import { lowerTemplate } from "../../src/languages/templates/index.ts";
import { isTemplatePath, namesOfTemplate, templateFinder } from "../../src/languages/templates/names.ts";

const lower = (text: string) => lowerTemplate({ file: "shop/templates/a.html", text });
const body = (text: string) => lower(text).functions[1]?.body ?? [];

test("text says nothing, and a comment neither", () => {
  expect(body("<p>{# {{ a }} #}</p>{% comment %}{{ b }}{% endcomment %}{% raw %}{{ c }}{% endraw %}")).toEqual([]);
});

test("a loop binds its names and reads what it iterates", () => {
  const [loop] = body("{% for key, value in order.totals %}{{ value }}{% empty %}none{% endfor %}");
  expect(loop).toMatchObject({
    kind: "loop",
    form: "each",
    target: { kind: "array", elements: [{ name: "key" }, { name: "value" }] },
    iterable: { kind: "call", auto: true, callee: { kind: "member", name: "totals" } },
    body: [{ kind: "expression", value: { kind: "template", values: [{ kind: "name", name: "value" }] } }],
  });
});

test("a name that nothing binds is a member of the context", () => {
  expect(body("{{ title }}")).toMatchObject([
    { value: { values: [{ callee: { kind: "member", name: "title", object: { kind: "name", name: "context" } } }] } },
  ]);
});

test("choices nest", () => {
  expect(body("{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}")).toMatchObject([
    { kind: "branch", then: [{}], else: [{ kind: "branch", then: [{}], else: [{}] }] },
  ]);
});

test("what `with` binds ends with it", () => {
  const [, , outside] = body("{% with total=order.total %}{{ total }}{% endwith %}{{ total }}");
  expect(outside).toMatchObject({ value: { values: [{ callee: { kind: "member", name: "total" } }] } });
});

test("blocks are functions, and a template that extends another one hands them over", () => {
  const facts = lower('{% extends "base.html" %}{% block main %}{{ block.super }}{% endblock %}');
  expect(facts.functions.map(({ name }) => name)).toEqual(["", "", "block main"]);
  expect(facts.functions[1]?.body).toMatchObject([
    {
      value: {
        kind: "call",
        callee: { name: "render", object: { kind: "import", specifier: { value: "base.html" } } },
        args: [{}, { value: { kind: "object", properties: [{ name: "main" }, { spread: true }] } }],
      },
    },
  ]);
});

test.each([
  "{% for %}",
  "{% if %}{% endfor %}",
  "{{ a.b",
  "{{ }}",
  "{% %}",
  "{% for a in b %}{% block c %}",
  "{{ a|b:| }}",
  "{% with %}",
  "\0{%\0%}",
])("broken: %s", (text) => {
  expect(lower(text).functions.length).toBeGreaterThan(1);
});

test.each([
  ["loops", "{% for a in b %}"],
  ["choices", "{% if a %}"],
  ["parentheses", "{{ ((((((((((((((((("],
  ["arms", "{% elif a %}"],
])("ten thousand %s in each other", (_, text) => {
  expect(() => JSON.stringify(lower(`{% if a %}${text.repeat(10_000)}`))).not.toThrow();
});

test.each([
  ["members", `{{ a${".b".repeat(10_000)} }}`],
  ["filters", `{{ a${"|upper".repeat(10_000)} }}`],
  ["operators", `{{ a${" and b".repeat(10_000)} }}`],
])("a chain of ten thousand %s", (_, text) => {
  expect(() => JSON.stringify(lower(text))).not.toThrow();
});

test("thousands of names are not handed on again and again", () => {
  const facts = lower(Array.from({ length: 2_000 }, (_, i) => `{% set a${i} = 1 %}{% include "x" %}`).join(""));
  expect(JSON.stringify(facts).length).toBeLessThan(20_000_000);
});

test("a loop may choose by each element", () => {
  expect(body("{% for a in b if a.c %}{{ a }}{% endfor %}")).toMatchObject([
    {
      kind: "loop",
      iterable: { callee: { name: "b" } },
      body: [{ kind: "branch", test: { callee: { object: { kind: "name", name: "a" }, name: "c" } }, then: [{}] }],
    },
  ]);
});

test("a tag of a library stands around a body when something ends it", () => {
  expect(body("{% flag x %}{{ a }}{% else %}{{ b }}{% endflag %}{{ c }}")).toMatchObject([
    { kind: "expression" },
    { kind: "branch", then: [{}], else: [{}] },
    { kind: "expression" },
  ]);
  expect(body("{% flag x %}{{ a }}{{ b }}")).toMatchObject([{ kind: "expression" }, { kind: "expression" }, { kind: "expression" }]);
});

test("a template has the names of the folders that programs look in", () => {
  expect(isTemplatePath("shop/templates/shop/list.html")).toBe(true);
  expect(isTemplatePath("shop/static/list.html")).toBe(false);
  expect(namesOfTemplate("shop/templates/shop/list.html")).toEqual(["shop/list.html"]);
  const find = templateFinder(["a/templates/x.html", "b/templates/x.html", "b/templates/parts/y.html"]);
  expect(find("x.html", "b/views.py")).toBe("b/templates/x.html");
  expect(find("../x.html", "b/templates/parts/y.html")).toBe("b/templates/x.html");
  expect(find("z.html", "b/views.py")).toBeUndefined();
});

test("an allow comment speaks of the next line", () => {
  expect(lower("{# optimize-allow db/n-plus-one -- three rows #}\n{{ a }}").allows).toMatchObject([
    { rule: "db/n-plus-one", reason: "three rows" },
  ]);
});
