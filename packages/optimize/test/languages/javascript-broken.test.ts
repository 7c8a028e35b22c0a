import { describe, expect, test } from "vitest";
import { lowerJavaScript } from "../../src/languages/javascript/index.ts";
import { facts, failure, functionNamed } from "./lowered.ts";

describe("broken files are named, never empty", () => {
  test("syntax", () => {
    expect(failure("const a = 1;\nfunction f( {\n")).toEqual({ code: "syntax", line: 3 });
    expect(failure("a = ;", "a.js")).toEqual({ code: "syntax", line: 1 });
    expect(failure("class {{{", "a.tsx")).toMatchObject({ code: "syntax" });
  });

  test("every truncation of a file gives facts or a failure", () => {
    const text = `import a from "a";\nexport class B extends C { async d({ e, ...f }) { for (const g of this.h) await i(\`j\${g}\`, <k l={m}>n</k>); } }\n`;
    for (let end = 0; end <= text.length; end++) {
      const lowered = lowerJavaScript({ file: "a.tsx", text: text.slice(0, end) });
      expect("facts" in lowered || lowered.failure.code === "syntax").toBe(true);
    }
  });

  test("nothing to lower is no failure", () => {
    for (const text of ["", "\n\n", "// only a comment", "/* a */", "\uFEFF", "#!/usr/bin/env node"])
      expect(facts(text, "a.js").functions).toHaveLength(1);
  });

  test("errors that leave a whole program do not lose it", () => {
    expect(functionNamed(facts("class A { m(a?, b) {} }"), "m").params).toHaveLength(2);
    expect(facts("return 1; with (a) { b() }", "a.js").functions[0]?.body).toHaveLength(2);
  });
});

test("Flow files lose their types and nothing else", () => {
  const text = "// @flow\nimport type { A } from 'a';\nexport function f(x: A, y: ?string): number { return (x: any) }\n";
  const of = facts(text, "a.js");
  expect(of.functions).toHaveLength(2);
  expect(text.slice(functionNamed(of, "f").at, functionNamed(of, "f").end)).toMatch(/^function f\(x: A.*\}$/);
  expect(facts(text.replace("// @flow\n", ""), "a.js").functions).toHaveLength(2);
});

/** One form each of everything that the parser recurses over. */
const bombs: Readonly<Record<string, (n: number) => string>> = {
  parentheses: (n) => `${"(".repeat(n)}1${")".repeat(n)}`,
  arrays: (n) => `${"[".repeat(n)}${"]".repeat(n)}`,
  objects: (n) => `x=${"{a:".repeat(n)}1${"}".repeat(n)}`,
  blocks: (n) => `${"{".repeat(n)}${"}".repeat(n)}`,
  templates: (n) => `${"`${".repeat(n)}1${"}`".repeat(n)}`,
  calls: (n) => `${"f(".repeat(n)}${")".repeat(n)}`,
  elements: (n) => `x=${"<a>".repeat(n)}${"</a>".repeat(n)}`,
  generics: (n) => `let x:${"A<".repeat(n)}B${">".repeat(n)}`,
  functions: (n) => `${"function f(){".repeat(n)}${"}".repeat(n)}`,
  arrows: (n) => `x=${"a=>".repeat(n)}1`,
  conditionals: (n) => `x=${"a?b:".repeat(n)}c`,
  middles: (n) => `x=${"a?".repeat(n)}b${":c".repeat(n)}`,
  assignments: (n) => `${"a=".repeat(n)}1`,
  powers: (n) => `x=${"a**".repeat(n)}a`,
  nots: (n) => `x=${"!".repeat(n)}a`,
  minuses: (n) => `x=${"- ".repeat(n)}a`,
  typeofs: (n) => `x=${"typeof ".repeat(n)}a`,
  news: (n) => `x=${"new ".repeat(n)}a`,
  "else if": (n) => `${"if(a){}else ".repeat(n)}{}`,
  "if in if": (n) => `${"if(a)\n".repeat(n)};`,
  fors: (n) => `${"for(;;)".repeat(n)};`,
  labels: (n) => `${Array.from({ length: n }, (_, i) => `l${i}:`).join("\n")};`,
  classes: (n) => `${"class A extends ".repeat(n)}B${"{}".repeat(n)}`,
  keyofs: (n) => `type X=${"keyof ".repeat(n)}A`,
  "type conditionals": (n) => `type X=${"A extends B?C:".repeat(n)}D`,
  hidden: (n) => `${`(")",/)/,`.repeat(n)}1${")".repeat(n)}`,
  sums: (n) => `x=${"a+\n".repeat(n)}a`,
  ands: (n) => `x=${"a&&".repeat(n)}a`,
  members: (n) => `x${".a".repeat(n)}`,
  "member calls": (n) => `x${".a()\n".repeat(n)}`,
  indexes: (n) => `x${"[0]".repeat(n)}`,
  "calls of calls": (n) => `x${"()".repeat(n)}`,
  casts: (n) => `y=x${" as A".repeat(n)}`,
  "array types": (n) => `let x:A${"[]".repeat(n)}`,
};

describe("depth bombs end in a failure and not in the end of the process", () => {
  test.each(Object.entries(bombs))("%s", (_, bomb) => {
    for (const n of [10_000, 20_000, 100_000]) {
      const lowered = lowerJavaScript({ file: "a.tsx", text: bomb(n) });
      expect(["facts", "too-deep", "syntax"]).toContain("facts" in lowered ? "facts" : lowered.failure.code);
    }
    expect(lowerJavaScript({ file: "a.tsx", text: bomb(100_000) })).toHaveProperty("failure.code");
    expect(lowerJavaScript({ file: "a.tsx", text: bomb(100) })).toHaveProperty("facts");
  });
});

describe("long chains of generated code lower, and to shallow facts", () => {
  test.each([
    ["sum", `x=${"a+".repeat(5_000)}a`, /"name":"a"/g, 5_001],
    ["member calls", `x${".a(b)".repeat(3_000)}`, /"name":"b"/g, 3_000],
    ["else if", `if(a)b();${"else if(a)b();".repeat(300)}`, /"name":"b"/g, 301],
    ["statements", "a(b);".repeat(20_000), /"name":"b"/g, 20_000],
    ["elements", `x=[${"<a/>,".repeat(5_000)}]`, /"tag":"a"/g, 5_000],
  ])("%s", (_, text, mark, count) => {
    expect(JSON.stringify(facts(text, "a.tsx")).match(mark)).toHaveLength(count);
  });
});

test("a file that does nothing but import is read whole", () => {
  const list = Array.from({ length: 6_000 }, (_, i) => `import { a as a${i} } from "./a${i}";\n`).join("");
  expect(facts(list, "a.ts").imports).toHaveLength(6_000);
});
