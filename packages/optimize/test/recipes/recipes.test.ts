import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { commonJs } from "../../src/languages/javascript/common-js.ts";
import { plainJavaScript } from "../../src/languages/javascript/plain.ts";
import { recipes } from "../../src/recipes/index.ts";
import { rules } from "../../src/rules/index.ts";
import { packageRoot } from "../sources.ts";

const runtime = join(packageRoot, "../runtime");
const read = (path: string) => readFileSync(path, "utf8");

describe("recipes", () => {
  it("are sorted, and their files and tests are there", () => {
    expect(recipes.map(({ name }) => name)).toEqual(recipes.map(({ name }) => name).sort());
    for (const { javascript, python } of recipes) {
      const paths = [
        ...(javascript === undefined ? [] : [`${runtime}/src/${javascript.part}.ts`, `${runtime}/test/recipes/${javascript.part}.test.ts`]),
        ...(javascript?.libraries ?? []).flatMap(({ source, test }) => [
          "part" in source ? `${runtime}/src/${source.part}.ts` : `${packageRoot}recipes/javascript/${source.file}`,
          `${packageRoot}recipes/javascript/${test}`,
        ]),
        ...(python === undefined
          ? []
          : [`${packageRoot}recipes/python/${python.module}.py`, `${packageRoot}recipes/python/test_${python.module}.py`]),
      ];
      expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    }
  });

  it("that rules name are there for the language", () => {
    const named = rules.flatMap(({ id, recipe = {} }) => Object.entries(recipe).map(([language, name]) => ({ id, language, name })));
    expect(named.length).toBeGreaterThan(5);
    for (const { id, language, name } of named)
      expect(
        recipes.find((recipe) => recipe.name === name)?.[language as "javascript" | "python"],
        `${id}: ${name} for ${language}`,
      ).toBeDefined();
  });
});

describe("what goes into projects of JavaScript", () => {
  const folders = [`${runtime}/src`, `${runtime}/test/recipes`, `${packageRoot}recipes/javascript`];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
      .map((file) => `${folder}/${file}`),
  );

  it.each(files.map((file) => [file.slice(file.indexOf("packages/")), file] as const))("%s loses its types and nothing else", (_, file) => {
    const plain = plainJavaScript(read(file));
    expect(parseSync("a.js", plain).errors).toEqual([]);
    // Only what exports everything of another file cannot be said in CommonJS; it is no recipe.
    const said = plain.replace(/^export \* .*$/gm, "");
    expect(parseSync("a.cjs", commonJs(said), { sourceType: "script" }).errors).toEqual([]);
    const comments = (text: string) => (text.match(/^ *\/\/ .*$/gm) ?? []).filter((comment) => !comment.includes("eslint"));
    expect(comments(plain).length).toBeGreaterThanOrEqual(comments(read(file)).length - 2);
  });

  it("keeps what the program does", () => {
    expect(plainJavaScript("export const f = <T>(this_: T, a?: number, ...rest: readonly string[]): T => (a as never) ?? this_!;\n")).toBe(
      "export const f = (this_, a, ...rest) => (a) ?? this_;\n",
    );
    expect(plainJavaScript("class A<T> { readonly x: T; override m(this: A<T>, y: number): void {} }\n")).toBe("class A { x; m(y) {} }\n");
    expect(
      plainJavaScript(
        'import { type A, b, type C } from "./x.ts";\nimport type { D } from "./y.ts";\n/** Of D. */\nexport type E = D;\nb();\n',
      ),
    ).toBe('import { b } from "./x.ts";\nb();\n');
  });

  it("exports in CommonJS what it exported", () => {
    expect(
      commonJs(
        'import a, { b } from "x";\nexport async function* f() {}\nexport class C {}\nexport const d = 1;\nexport { e } from "./e.js";\n',
      ),
    ).toContain("module.exports = { e, f, C, d };");
    expect(commonJs('import { it as test } from "mocha";\n')).toBe('const { it: test } = require("mocha");\n');
  });
});
