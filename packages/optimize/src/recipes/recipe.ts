/** A solution that goes into the user's own repository, with its test. */

/** Written with a library instead, when the project has it. */
export interface LibraryVariant {
  /** As its package is called. */
  readonly library: string;
  /** Its file below `recipes/javascript`, or a part of `@optimize/runtime`. */
  readonly source: { readonly file: string } | { readonly part: string };
  /** Its test below `recipes/javascript`. */
  readonly test: string;
  /** It can only be imported, not required: not for projects of CommonJS. */
  readonly modulesOnly?: boolean;
}

export interface JavaScriptRecipe {
  /** The part of `@optimize/runtime` that is copied, with what it imports. */
  readonly part: string;
  readonly libraries: readonly LibraryVariant[];
}

export interface PythonRecipe {
  /** The module below `recipes/python`; its test is `test_<module>.py`. */
  readonly module: string;
  /** The distribution that it works with; the first of these that the project has, or the first. */
  readonly needs: readonly string[];
  /** Without `needs` it makes no sense; what to take instead. */
  readonly instead?: string;
}

export interface Recipe {
  readonly name: string;
  /** One line for the list. */
  readonly summary: string;
  readonly javascript?: JavaScriptRecipe;
  readonly python?: PythonRecipe;
}

/** A file that a recipe makes, its path relative to the project, `/`-separated. */
export interface RecipeFile {
  readonly path: string;
  readonly text: string;
}
