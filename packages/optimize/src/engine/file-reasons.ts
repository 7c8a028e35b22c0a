/** Why a path is not looked at, decided from names alone. Data first: what is listed here is what is skipped. */

/** Never entered and never counted: nobody takes them for the project's own code. */
const foreignFolders = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  ".optimize",
  ".yarn",
  ".pnpm-store",
  ".turbo",
  ".cache",
  ".parcel-cache",
  ".vercel",
  ".netlify",
  ".serverless",
  ".idea",
  ".vscode",
  "__pycache__",
  ".ipynb_checkpoints",
  ".venv",
]);

/** Made by tools, whatever holds them. */
const outputFolders = new Set([".next", ".nuxt", ".output", ".svelte-kit", ".docusaurus", ".expo", ".nyc_output", "storybook-static"]);

/** Output when they stand at the top of a package; deeper, `build` or `out` are nouns of the project's own. */
const packageOutputFolders = new Set(["dist", "build", "out", "coverage", "esm", "cjs"]);

const vendoredFolders = new Set([
  "vendor",
  "vendors",
  "vendored",
  "third_party",
  "third-party",
  "thirdparty",
  "bower_components",
  "jspm_packages",
]);

const generatedFolders = new Set(["generated", "__generated__", ".generated", ".prisma"]);

const testFolders = new Set([
  "test",
  "tests",
  "__test__",
  "__tests__",
  "__mocks__",
  "__fixtures__",
  "mocks",
  "spec",
  "e2e",
  "cypress",
  "playwright",
  "testing",
  "test-utils",
  "testutils",
  "integration-tests",
  "e2e-tests",
  "unit-tests",
  ".storybook",
  "__benchmarks__",
  "__stories__",
  "__snapshots__",
]);

/** Also plain nouns of a domain (the fixtures of a league, the stories of a newspaper): tests only at the top of a package or of its sources. */
const packageTestFolders = new Set(["fixtures", "specs", "mock", "stories", "bench", "benches", "benchmark", "benchmarks"]);

const schemaChangeFolders = new Set(["migrations", "migration", "seeds", "seeders", "seed"]);

const minifiedName = /[.-]min\.[cm]?[jt]sx?$/u;
const declarationName = /\.d\.(?:[^/]+\.)?[cm]?ts$/u;
const generatedName = /(?:\.(?:generated|gen|g|pb)|_pb|_grpc_pb|_pb_service)\.[cm]?[jt]sx?$/u;
const testName =
  /(?:[._-](?:test|tests|spec|specs|e2e|e2e-spec|stories|story|mock|mocks|fixture|fixtures|bench|benchmark|cy)|^(?:vitest|jest|playwright|cypress)[._A-Z-][\w.-]*)\.[cm]?[jt]sx?$/u;
const schemaChangeName = /(?:^(?:seeds?|seeder)|\.(?:seeder|migration))\.[cm]?[jt]sx?$/u;
const configName = /^(?:package|lerna|jsconfig|optimize\.config|.*tsconfig.*)\.jsonc?$|^pnpm-workspace\.yaml$|\.(?:prisma|sql)$/u;
const sourceName = /\.[cm]?[jt]sx?$/u;

export type Reason =
  | "generated"
  | "minified"
  | "vendored"
  | "build output"
  | "over 2 MB"
  | "type declarations"
  | "tests"
  | "migrations and seeds"
  | "notebook"
  | "hidden folder"
  | "link"
  | "not a regular file";

/** The folder is never entered. */
export function isForeignFolder(name: string): boolean {
  return foreignFolders.has(name);
}

/** Manifests and configurations that resolution reads. Schema files are kept with them: a commit is laid out with all that a scan reads. */
export function isConfigName(name: string): boolean {
  return configName.test(name);
}

/** Whether the name is one of a JavaScript or TypeScript source. */
export function isSourceName(name: string): boolean {
  return sourceName.test(name);
}

/**
 * The reason that everything in a folder inherits.
 * `atTop`: the parent is a package's folder (or the scanned one); `inSources`: the parent is such a package's `src`.
 */
export function folderReason(name: string, atTop: boolean, inSources: boolean): Reason | undefined {
  if (vendoredFolders.has(name)) return "vendored";
  if (outputFolders.has(name) || (atTop && packageOutputFolders.has(name))) return "build output";
  if (generatedFolders.has(name)) return "generated";
  if (testFolders.has(name) || ((atTop || inSources) && packageTestFolders.has(name))) return "tests";
  if (schemaChangeFolders.has(name)) return "migrations and seeds";
  // What tools and editors keep for themselves; `/.well-known/…` is an address that servers answer.
  return name.startsWith(".") && name !== ".well-known" ? "hidden folder" : undefined;
}

/** Whether a path, relative to the scanned folder, is that of a test. */
export function isTestPath(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return (
    nameReason(name) === "tests" ||
    folders.some((folder, index) => folderReason(folder, index === 0, folders[index - 1] === "src") === "tests")
  );
}

/** The reason that a source file's own name gives. */
export function nameReason(name: string): Reason | undefined {
  if (declarationName.test(name)) return "type declarations";
  if (minifiedName.test(name)) return "minified";
  if (generatedName.test(name)) return "generated";
  if (testName.test(name)) return "tests";
  if (schemaChangeName.test(name)) return "migrations and seeds";
  return undefined;
}
