/** From texts to a project and its findings, in memory: what a scan does after reading, and what tests call. */
import type { Facts } from "../model/facts.ts";
import type { DatabaseExport } from "../model/database-export.ts";
import type { Failure, Finding } from "../model/finding.ts";
import type { Project } from "../model/project.ts";
import { lowerPython } from "../languages/python/index.ts";
import { isTemplatePath, templateFinder } from "../languages/templates/names.ts";
import { librariesByPackage, packageKey } from "../languages/libraries.ts";
import { sqlShape } from "../languages/sql-conditions.ts";
import type { SqlReader } from "../languages/sql.ts";
import { rules } from "../rules/index.ts";
import { withAmbiguity } from "./ambiguous.ts";
import type { KeptAmbiguities } from "./ambiguous.ts";
import { check } from "./check.ts";
import type { CheckInput } from "./check.ts";
import { lowerAll } from "./lower.ts";
import type { Source } from "./lower.ts";
import { withAnswers } from "./planned.ts";
import type { Planner } from "./planned.ts";
import { interpretProject } from "./interpret/project.ts";
import { createPythonResolver } from "./python-imports.ts";
import type { PythonResolver } from "./python-imports.ts";
import { createResolver } from "./resolve.ts";
import { readSchemas } from "./schema/read.ts";
import { isSchemaFile } from "./schema/schema-files.ts";
import { withExport } from "./schema/with-export.ts";
import { startSqlReader } from "./sql-start.ts";
import type { Resolver } from "./resolve.ts";

export interface Analysis {
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly unusedAllows: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
  readonly facts: ReadonlyMap<string, Facts>;
}

export interface AnalyzeOptions {
  readonly resolver?: Resolver;
  readonly python?: PythonResolver;
  readonly prefix?: string;
  readonly packageDir?: (file: string) => string;
  readonly packageOf?: (file: string) => string | undefined;
  /** Names of packages that count as dependencies of a folder; absent: every package that the sources import. */
  readonly dependencies?: (packageDir: string) => ReadonlySet<string>;
  /** The file belongs to something that other people's programs call. */
  readonly published?: (file: string) => boolean;
  readonly rules?: CheckInput["rules"];
  readonly levels?: CheckInput["levels"];
  /** Migrations and schema files, which are no part of the program. Absent: those among the sources, by their names. */
  readonly schemaFiles?: readonly Source[];
  /** Real indexes and sizes of one of the databases. */
  readonly exported?: DatabaseExport;
  /** Further entries: `file.ts` or `file.ts#function`. */
  readonly entryPoints?: readonly string[];
  /** Asked about missing indexes; without one, what the structure says holds. */
  readonly planner?: Planner;
  /** What is known of regular expressions; absent: what this process found out. */
  readonly ambiguities?: KeptAmbiguities;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

export async function analyzeSources(given: readonly Source[], options: AnalyzeOptions = {}): Promise<Analysis> {
  const sources = options.schemaFiles === undefined ? given.filter(({ file }) => !isSchemaFile(file)) : given;
  const schemaFiles = options.schemaFiles ?? given.filter(({ file }) => isSchemaFile(file));
  const hasSql = sources.some(({ text }) => /\b(select|insert|update|delete|with|begin)\b/i.test(text));
  // Its parser reserves so much memory that the engine looks for what to let go of. There is least to look through before there are Facts;
  // only what was read of Python leaves enough behind for that to be worth it.
  const early = hasSql && !sources.some(({ file }) => file.endsWith(".py")) ? await startSqlReader() : undefined;
  const lowered = await lowerAll(sources, options.onProgress);
  const reader = hasSql ? (early ?? (await startSqlReader())) : undefined;
  return analyzeFacts(lowered.facts, (file) => lowered.texts.get(file) ?? "", { ...options, schemaFiles }, lowered.failures, reader);
}

export async function analyzeFacts(
  facts: readonly Facts[],
  textOf: (file: string) => string,
  options: AnalyzeOptions,
  failures: readonly Failure[],
  /** Absent: no text holds SQL. */
  reader: SqlReader | undefined,
): Promise<Analysis> {
  const libraries = librariesByPackage();
  const byFile = new Map(facts.map((one) => [one.file, one]));
  const resolver = options.resolver ?? memoryResolver([...byFile.keys()]);
  const python = options.python ?? createPythonResolver({ files: [...byFile.keys()] });
  const templates = templateFinder([...byFile.keys()]);
  const imported = new Set(facts.flatMap((one) => one.imports));
  const read = readSchemas({
    facts: byFile,
    files: options.schemaFiles ?? [],
    resolve: (file, specifier) => {
      const found = file.endsWith(".py") ? python.resolve(file, specifier) : resolver.resolve(file, specifier);
      return found.kind === "file" ? found.path : undefined;
    },
    packageDir: options.packageDir ?? (() => ""),
    dependencies: options.dependencies ?? (() => imported),
  });
  const interpreted = interpretProject({
    facts,
    libraries,
    globals: libraries.get("global"),
    templates,
    resolve: (file, specifier) => {
      if (isTemplatePath(file)) {
        const path = templates(specifier, file);
        return path === undefined ? { kind: "unknown" } : { kind: "file", path };
      }
      if (file.endsWith(".py")) {
        const meant = python.resolve(file, specifier);
        return meant.kind === "package" ? { kind: "package", name: packageKey(meant.name, "python"), path: "" } : meant;
      }
      const found = resolver.resolve(file, specifier);
      if (found.kind === "file") return found;
      // `src/generated/prisma/client` reads like a package until it is generated.
      if (
        found.kind === "package" &&
        options.dependencies?.(options.packageDir?.(file) ?? "").has(found.name) === false &&
        isPrismaClient(specifier)
      )
        return { kind: "package", name: "@prisma/client", path: "" };
      if (found.kind === "package")
        return generatedClient(found.name, found.subpath) ?? { kind: "package", name: found.name, path: found.subpath };
      if (found.kind === "builtin") return { kind: "package", name: found.name, path: "" };
      return isPrismaClient(specifier) ? { kind: "package", name: "@prisma/client", path: "" } : { kind: "unknown" };
    },
    resolvePattern: (file, prefix, suffix) => resolver.resolveDirectory(file, prefix, suffix),
    lower: (file, text) => lowerPython({ file, text }).facts,
    sql: remembered((text) => {
      // Only texts that stand where a library takes SQL come here.
      const read = reader?.(text);
      return read === undefined
        ? undefined
        : {
            action: read.action,
            tables: read.tables,
            complete: read.complete,
            limited: read.limited,
            single: read.single,
            asks: sqlShape(text),
            byList: /\bin\s*\(|=\s*any\s*\(|\bunnest\s*\(/i.test(text),
          };
    }),
    entryPoints: options.entryPoints ?? [],
    ...(options.published === undefined ? {} : { published: options.published }),
    packageDir: options.packageDir ?? (() => ""),
    dependencies:
      options.dependencies ??
      (() =>
        new Set(
          [...imported].map((specifier) =>
            specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? ""),
          ),
        )),
    ...(options.onProgress === undefined
      ? {}
      : { onProgress: (done: number, total: number) => options.onProgress?.("following calls", done, total) }),
  });
  const schemas = options.exported === undefined ? read.schemas : withExport(read.schemas, options.exported);
  const ruleList = (options.rules ?? rules).filter(({ id }) => options.levels?.[id] !== "off");
  // Costly, and asked by rules alone.
  const matchings = ruleList.length === 0 ? [] : await withAmbiguity(interpreted.locals.matchings, options.ambiguities);
  const asking: Project = { ...interpreted, locals: { ...interpreted.locals, matchings }, schemas };
  const { project, failures: unplanned } =
    options.planner === undefined ? { project: asking, failures: [] } : await withAnswers(asking, ruleList, options.planner);
  const checked = check({
    project,
    rules: ruleList,
    facts: byFile,
    schemaAllows: read.allows,
    textOf,
    prefix: options.prefix ?? "",
    packageOf: options.packageOf ?? (() => undefined),
    ...(options.levels === undefined ? {} : { levels: options.levels }),
  });
  return {
    project,
    findings: checked.findings,
    failures: [...failures, ...read.failures, ...project.failures, ...unplanned, ...checked.failures],
    unusedAllows: checked.unusedAllows,
    facts: byFile,
  };
}

/** Answers by text: the same statement is met in every context of its function. */
function remembered<T>(ask: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const answer = ask(text);
    known.set(text, answer);
    return answer;
  };
}

/** A client that Prisma generates into the project is the client. */
function isPrismaClient(specifier: string): boolean {
  return /(^|\/)(generated|\.prisma|prisma)\/(.*\/)?client(\/(index|client|edge|default)(\.js)?)?$|\/generated\/prisma(\/client)?$/.test(
    specifier,
  );
}

function generatedClient(name: string, subpath: string): { kind: "package"; name: string; path: string } | undefined {
  return name === "@prisma/client" || name === ".prisma"
    ? { kind: "package", name: "@prisma/client", path: subpath === "extension" ? subpath : "" }
    : undefined;
}

function memoryResolver(files: readonly string[]): Resolver {
  return createResolver({
    root: "/nowhere",
    boundary: "/nowhere",
    files: files.map((path) => ({
      path,
      absolute: `/nowhere/${path}`,
      size: 0,
      modified: 0,
      language: "javascript",
      test: false,
      packageDir: "",
    })),
    packages: [],
    skipped: new Set(),
  });
}
