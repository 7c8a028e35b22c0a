import { posix } from "node:path";
import { OptimizeError } from "../../model/errors.ts";
import { nearest } from "../../model/nearest.ts";
import { composeJavaScript, composePython, type Composed } from "../../recipes/compose.ts";
import { recipes } from "../../recipes/index.ts";
import { place, plan, type Placed } from "../../recipes/place.ts";
import type { JavaScriptRecipe, LibraryVariant, Recipe } from "../../recipes/recipe.ts";
import { surroundingsOf, type JavaScriptSurroundings, type Surroundings } from "../../recipes/surroundings.ts";
import { clean } from "../../reporters/layout/sanitise.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { folderAt } from "../scanning.ts";
import type { Terminal } from "../terminal.ts";

const add: Command = {
  name: "add",
  positionals: ["[recipe]", "[path]"],
  flags: {
    list: { type: "boolean", help: "Print the recipes" },
    "dry-run": { type: "boolean", help: "Print what would be written, and write nothing" },
    to: { type: "string", value: "folder", help: "Where it goes, relative to the project (default: src/performance, or performance)" },
    library: {
      type: "string",
      value: "name",
      help: "Write it with this library; none: with nothing (default: the one that the project has)",
    },
    language: { type: "string", choices: ["javascript", "python"], help: "For projects that have both" },
    debug: { type: "boolean", help: "Show the stack of an error" },
  },
  examples: [
    ["optimize add --list", "all recipes"],
    ["optimize add cache", "a cache with its test, written with the library that the project has"],
    ["optimize add concurrency --library none --to src/lib", "the source itself, which then is yours"],
    ["optimize add batch ../shop --dry-run", "what would be written in another project"],
  ],
  run,
};

export default add;

function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [name, path] = args.positionals;
  if (args.has("list") || name === undefined) {
    terminal.out(`${listing().join("\n")}\n`);
    return Promise.resolve(args.has("list") ? 0 : 2);
  }
  const recipe = recipeOf(name);
  const root = folderAt(path, terminal);
  const surroundings = surroundingsOf(root);
  const { composed, test, install, note } = compose(recipe, surroundings, args);
  const planned = plan(root, composed.files);
  if (!args.has("dry-run")) place(root, composed.files, planned);
  const said = [...note, ...lines(planned, args.has("dry-run")), ...after(composed, test, install)];
  terminal.out(`${said.map(clean).join("\n")}\n`);
  return Promise.resolve(0);
}

function listing(): string[] {
  const width = Math.max(...recipes.map(({ name }) => name.length)) + 2;
  const rows = recipes.map((recipe) => {
    const libraries = recipe.javascript?.libraries.map(({ library }) => library) ?? [];
    const languages = [
      recipe.javascript && `TypeScript, JavaScript${libraries.length === 0 ? "" : ` (or with ${libraries.join(", ")})`}`,
      recipe.python && "Python",
    ];
    return `  ${recipe.name.padEnd(width)}${recipe.summary}\n  ${" ".repeat(width)}${languages.filter((one) => one !== undefined).join("; ")}`;
  });
  return ["Recipes: code with its test that goes into your repository (optimize add <recipe> [path])", "", ...rows];
}

function recipeOf(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    recipes.map((recipe) => recipe.name),
  );
  throw new OptimizeError("usage", `there is no recipe ${JSON.stringify(name)}${near === undefined ? "" : `; did you mean ${near}?`}`, {
    hint: "optimize add --list",
  });
}

interface Made {
  readonly composed: Composed;
  /** Runs the recipe's test. */
  readonly test: string;
  readonly install: string;
  readonly note: readonly string[];
}

function compose(recipe: Recipe, surroundings: Surroundings, args: Arguments): Made {
  const folder = folderOf(args.text("to") ?? posix.join(surroundings.base, "performance"));
  const language = languageOf(recipe, surroundings, args.text("language"));
  if (language === "javascript") {
    const [fit, parts] = [surroundings.javascript, recipe.javascript];
    if (fit !== undefined && parts !== undefined) {
      const { variant, note } = variantOf(parts, fit, args.text("library"));
      const composed = composeJavaScript(parts, variant, fit, folder);
      return { composed, test: `${fit.testCommand} ${composed.test}`, install: fit.install, note };
    }
  }
  const [fit, parts] = [surroundings.python, recipe.python];
  if (fit === undefined || parts === undefined)
    throw new OptimizeError("usage", `${recipe.name} is not there for this project`, { hint: "optimize add --list" });
  if (args.has("library")) throw new OptimizeError("usage", "--library is for TypeScript and JavaScript", { hint: "optimize add --help" });
  if (parts.instead !== undefined && !parts.needs.some((name) => fit.dependencies.has(name)))
    throw new OptimizeError("usage", `${recipe.name} does not fit: ${parts.instead}`, { hint: "optimize add --list" });
  const composed = composePython(parts, fit, folder);
  const test =
    fit.runner === "pytest"
      ? `python -m pytest ${composed.test}`
      : `python -m unittest discover -s ${folder} -p ${posix.basename(composed.test)}`;
  return { composed, test, install: fit.install, note: [] };
}

function languageOf(recipe: Recipe, { javascript, python }: Surroundings, asked: string | undefined): "javascript" | "python" {
  const there = [...(javascript === undefined ? [] : ["javascript" as const]), ...(python === undefined ? [] : ["python" as const])];
  if (there.length === 0)
    throw new OptimizeError(
      "usage",
      "this is neither a project of JavaScript nor of Python: there is no package.json, pyproject.toml, requirements.txt or manage.py",
      {
        hint: "name the folder of the project: optimize add <recipe> <path>",
      },
    );
  const possible = there.filter((language) => recipe[language] !== undefined && (asked === undefined || asked === language));
  const [first, second] = possible;
  if (second !== undefined)
    throw new OptimizeError("usage", "this project has JavaScript and Python", {
      hint: "say which: --language javascript, or --language python",
    });
  if (first === undefined)
    throw new OptimizeError(
      "usage",
      `${recipe.name} is not there for ${asked ?? there.join(" or ")}${asked !== undefined && !there.includes(asked as never) ? " in this folder" : ""}`,
      {
        hint: "optimize add --list",
      },
    );
  return first;
}

function variantOf(
  recipe: JavaScriptRecipe,
  fit: JavaScriptSurroundings,
  asked: string | undefined,
): { variant: LibraryVariant | undefined; note: string[] } {
  if (asked === "none") return { variant: undefined, note: [] };
  const fits = (variant: LibraryVariant) => variant.modulesOnly !== true || fit.modules === "esm";
  const why = (library: string) => `${library} can only be imported as a module, and this project is CommonJS`;
  if (asked !== undefined) {
    const variant = recipe.libraries.find(({ library }) => library === asked);
    const known = recipe.libraries.map(({ library }) => library);
    if (variant === undefined)
      throw new OptimizeError("usage", `it is not there with ${asked}`, {
        hint: known.length === 0 ? "leave --library away" : `there is ${known.join(", ")}, or none`,
      });
    if (!fits(variant)) throw new OptimizeError("usage", why(asked), { hint: "leave --library away" });
    return { variant, note: [] };
  }
  const had = recipe.libraries.filter(({ library }) => fit.dependencies.has(library));
  const variant = had.find(fits);
  return { variant, note: variant === undefined ? had.map(({ library }) => `Not with ${library}: ${why(library)}.`) : [] };
}

function folderOf(to: string): string {
  const folder = posix.normalize(to.replaceAll("\\", "/")).replace(/\/$/, "");
  if (folder.startsWith("..") || posix.isAbsolute(folder) || /^[a-z]:/i.test(folder))
    throw new OptimizeError("usage", `--to is a folder of the project, not ${to}`, { hint: "--to src/lib" });
  return folder;
}

function lines(planned: readonly Placed[], dry: boolean): string[] {
  const words = { new: dry ? "would write" : "wrote", same: "is there  " };
  return planned.map(({ path, state }) => `  ${words[state]}  ${path}`);
}

function after({ library, missing }: Composed, test: string, install: string): string[] {
  return [
    ...(library === undefined
      ? []
      : ["", `Written with ${library}, which the project ${missing.includes(library) ? "does not have yet" : "has"}.`]),
    ...(missing.length === 0 ? [] : ["", "To install (nothing was installed):", `  ${install} ${missing.join(" ")}`]),
    "",
    "Its test:",
    `  ${test}`,
  ];
}
