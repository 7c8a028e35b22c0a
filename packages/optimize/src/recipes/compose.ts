/** The files of a recipe as they fit a project. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commonJs } from "../languages/javascript/common-js.ts";
import { plainJavaScript } from "../languages/javascript/plain.ts";
import type { JavaScriptRecipe, LibraryVariant, PythonRecipe, RecipeFile } from "./recipe.ts";
import type { JavaScriptSurroundings, PythonSurroundings } from "./surroundings.ts";

// The same path from src/recipes and from dist/recipes.
const own = fileURLToPath(new URL("../../recipes/", import.meta.url));
const runtime = dirname(createRequire(import.meta.url).resolve("@optimize/runtime/package.json"));
const { version } = JSON.parse(readFileSync(join(runtime, "package.json"), "utf8")) as { version: string };

export interface Composed {
  readonly files: readonly RecipeFile[];
  /** The library that it is written with. */
  readonly library?: string;
  /** Packages that it needs and the project does not have. */
  readonly missing: readonly string[];
  /** The test's path. */
  readonly test: string;
}

/** @param variant The library that it is written with; undefined: with nothing. */
export function composeJavaScript(
  recipe: JavaScriptRecipe,
  variant: LibraryVariant | undefined,
  fit: JavaScriptSurroundings,
  folder: string,
): Composed {
  const { source } = variant ?? { source: { part: recipe.part } };
  const extension = fit.language === "typescript" ? ".ts" : ".js";
  const note = `// From @optimize/runtime ${version} (MIT), by optimize add: yours to change.\n`;
  const make = (name: string, text: string): RecipeFile => ({ path: `${folder}/${name}${extension}`, text: note + fitted(text, fit) });
  const files =
    "part" in source
      ? partsOf(source.part).map(([name, text]) => make(name, text))
      : [make(recipe.part, readFileSync(`${own}javascript/${source.file}`, "utf8"))];
  const tested = "part" in source ? source.part : recipe.part;
  const test = variant === undefined ? join(runtime, "test/recipes", `${recipe.part}.test.ts`) : `${own}javascript/${variant.test}`;
  const testFile = make(`${tested}.test`, testFor(readFileSync(test, "utf8"), fit));
  const missing = [
    ...(variant === undefined || fit.dependencies.has(variant.library) ? [] : [variant.library]),
    ...(variant?.library === "bullmq" && !fit.dependencies.has("ioredis") ? ["ioredis"] : []),
    ...(fit.language === "typescript" && !fit.dependencies.has("@types/node") ? ["@types/node"] : []),
  ];
  return { files: [...files, testFile], ...(variant === undefined ? {} : { library: variant.library }), missing, test: testFile.path };
}

/** A part of the runtime and what it imports, by name. */
function partsOf(part: string, seen = new Map<string, string>()): [name: string, text: string][] {
  if (!seen.has(part)) {
    const text = written(readFileSync(join(runtime, "src", `${part}.ts`), "utf8"));
    seen.set(part, text);
    for (const [, name = ""] of text.matchAll(/from "\.\/([\w-]+)\.ts"/g)) partsOf(name, seen);
  }
  return [...seen];
}

/** Who copies it has the library, which in the package is only perhaps there: it is imported like any other. */
function written(text: string): string {
  const late = /\(await import\("(\w+)"\)\)/.exec(text);
  if (late === null) return text;
  const [call, library = ""] = late;
  return text.replace(call, library).replace(/^import /m, `import * as ${library} from "${library}";\nimport `);
}

function testFor(text: string, { runner }: JavaScriptSurroundings): string {
  const from = { vitest: "vitest", jest: "@jest/globals", mocha: "mocha", node: "node:test" }[runner];
  return text
    .replace(
      /^import \{ test \} from "vitest";$/m,
      runner === "mocha" ? 'import { it as test } from "mocha";' : `import { test } from "${from}";`,
    )
    .replace(/from "(?:\.\.\/)+src\//g, 'from "./');
}

function fitted(text: string, { language, modules, extension }: JavaScriptSurroundings): string {
  const plain = language === "typescript" ? text : plainJavaScript(text);
  const named = plain.replace(
    /(from|import\() ?"\.\/([\w-]+)\.ts"/g,
    (_, word: string, name: string) => `${word}${word === "from" ? " " : ""}"./${name}${extension}"`,
  );
  return language === "javascript" && modules === "commonjs" ? commonJs(named) : named;
}

export function composePython(recipe: PythonRecipe, fit: PythonSurroundings, folder: string): Composed {
  const note = `# From optimize ${version} (MIT), by optimize add: yours to change.\n`;
  const make = (name: string): RecipeFile => ({
    path: `${folder}/${name}.py`,
    text: note + readFileSync(`${own}python/${name}.py`, "utf8"),
  });
  const [first] = recipe.needs;
  const has = recipe.needs.find((name) => fit.dependencies.has(name));
  const missing = first === undefined || has !== undefined ? [] : [first];
  const test = make(`test_${recipe.module}`);
  return { files: [make(recipe.module), test], ...(has === undefined ? {} : { library: has }), missing, test: test.path };
}
