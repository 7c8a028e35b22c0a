/** The whole way from a folder to a Run. */
import { basename, join } from "node:path";
import { statisticsOfExport, type DatabaseExport } from "../model/database-export.ts";
import type { EvidenceSet } from "../model/evidence.ts";
import type { EntryReport, NotLookedAt, Run, Tier } from "../model/finding.ts";
import type { Entry } from "../model/project.ts";
import { rules as allRules } from "../rules/index.ts";
import { analyzeSources } from "./analyze.ts";
import type { Analysis, AnalyzeOptions } from "./analyze.ts";
import { unknownDataLayers } from "../languages/unknown-data-layers.ts";
import type { Config } from "./config.ts";
import { canonical, costText } from "./cost-text.ts";
import { discover } from "./discover.ts";
import type { Discovery } from "./discover.ts";
import { folderOf, packageLookup } from "./packages.ts";
import { dependenciesOf, readAll } from "./read-folder.ts";
import type { ReadFiles } from "./read-folder.ts";
import { createPythonResolver } from "./python-imports.ts";
import type { SourceLanguage } from "./source-languages.ts";
import { pythonLibraries } from "../languages/libraries.ts";
import { createResolver } from "./resolve.ts";
import { conclude } from "./survey.ts";
import type { Survey } from "./survey.ts";
import type { OptimizeError } from "../model/errors.ts";
import type { SentStatements } from "../model/project-statement.ts";
import { keptAmbiguities } from "./kept-ambiguities.ts";
import { projectStatements } from "./statements/project-statements.ts";
import { isExported } from "./schema/with-export.ts";
import { keepSurvey } from "./kept-survey.ts";
import { cacheFolder, openStore } from "./store.ts";

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface ScanOptions {
  readonly includeTests?: boolean;
  /** Absent: what is read by default. */
  readonly languages?: ReadonlySet<SourceLanguage>;
  /** Absent: likely and proven. */
  readonly tiers?: readonly Tier[];
  readonly rules?: readonly string[];
  readonly categories?: readonly string[];
  readonly package?: string;
  readonly config?: Config;
  /** The folder up to which configurations are read; given when a laid-out commit is scanned. */
  readonly boundary?: string;
  /** What `optimize db export` wrote: real indexes and sizes. */
  readonly exported?: DatabaseExport;
  /** Evidence of earlier runs, the newest first. */
  readonly evidence?: readonly EvidenceSet[];
  /** What was seen is kept in the folder for the next scan of this build (kept-survey.ts). */
  readonly keep?: {
    readonly build: string;
    /** Told how the kept survey is called. */
    readonly onKept?: (survey: string) => void;
    readonly onProblem?: (problem: OptimizeError) => void;
  };
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Scans a folder. Throws an OptimizeError when there is nothing to scan; what a single file does wrong is a row in `failures`. */
export async function scan(root: string, options: ScanOptions): Promise<Run> {
  if (options.keep === undefined) return conclude(root, await survey(root, options), options);
  return conclude(root, await keepSurvey(root, options, options.keep, () => survey(root, options)), options);
}

async function survey(root: string, options: ScanOptions): Promise<Survey> {
  const { found, read, analysis, packageOf } = await understand(root, options, {
    rules: allRules,
    ambiguities: (use) => keptAmbiguities(cacheOf(root, options))(use),
    planner: async (schema, questions) => {
      options.onProgress?.({ stage: "asking the planner", done: 0, total: questions.length });
      // Most projects ask nothing: the planner is many megabytes of code.
      const { answersOf } = await import("../databases/oracle/answers.ts");
      const statistics = options.exported === undefined || !isExported(schema) ? undefined : statisticsOfExport(options.exported);
      return answersOf(schema, questions, { ...cacheOf(root, options), ...(statistics === undefined ? {} : { statistics }) });
    },
  });
  return surveyOf(found, read, analysis, packageOf);
}

/** What the program of a folder sends to its databases. Throws an OptimizeError when there is nothing to scan. */
export async function statementsOf(root: string, options: ScanOptions): Promise<SentStatements> {
  const { analysis, found, read } = await understand(root, options, { rules: [] });
  const { schemas } = analysis.project;
  return { ...projectStatements(analysis.project), schemas, failures: [...found.failures, ...read.failures, ...analysis.failures] };
}

interface Understood {
  readonly found: Discovery;
  readonly read: ReadFiles;
  readonly analysis: Analysis;
  readonly packageOf: (file: string) => { readonly name: string } | undefined;
}

async function understand(
  root: string,
  options: ScanOptions,
  ask: Pick<AnalyzeOptions, "rules" | "planner" | "ambiguities">,
): Promise<Understood> {
  const found = discover(root, {
    ...(options.includeTests === undefined ? {} : { includeTests: options.includeTests }),
    ...(options.languages === undefined ? {} : { languages: options.languages }),
    ...(options.boundary === undefined ? {} : { boundary: options.boundary }),
  });
  options.onProgress?.({ stage: "files", done: found.files.length, total: found.files.length });
  const read = readAll(found, options.config);
  const manifestOf = packageLookup(found.packages);
  const packageOf = ownerLookup(found, manifestOf);
  const analysis = await analyzeSources(read.sources, {
    ...ask,
    ...(options.exported === undefined ? {} : { exported: options.exported }),
    resolver: createResolver(found),
    python: createPythonResolver({
      files: found.files.flatMap((file) => (file.language === "python" ? [file.path] : [])),
      skipped: found.skipped,
      projects: found.pythonProjects,
      libraries: pythonLibraries(),
    }),
    schemaFiles: read.schemaFiles,
    prefix: found.prefix,
    packageDir: (file) => manifestOf(file)?.dir ?? "",
    packageOf: (file) => packageOf(file)?.name,
    dependencies: dependenciesOf(found),
    published: publishedFiles(found),
    levels: options.config?.rules ?? {},
    entryPoints: options.config?.entryPoints ?? [],
    onProgress: (stage, done, total) => options.onProgress?.({ stage, done, total }),
  });
  return { found, read, analysis, packageOf };
}

/** Where the planner keeps its start and its answers, and the check of expressions its own; nowhere where nothing is to be kept or nothing can be. */
function cacheOf(root: string, { keep }: ScanOptions): { readonly cache?: string; readonly build?: string } {
  if (keep === undefined) return {};
  try {
    openStore(root);
    return { cache: join(root, cacheFolder), build: keep.build };
  } catch {
    return {};
  }
}

/** The package that a file belongs to: for Python the nearest project with a name, when there is one. */
function ownerLookup(
  found: Discovery,
  manifestOf: (file: string) => { readonly name: string } | undefined,
): (file: string) => { readonly name: string } | undefined {
  const named = new Map(found.pythonProjects.filter((one) => one.name !== "").map((one) => [one.dir, one]));
  if (named.size === 0) return manifestOf;
  const ofFolder = (folder: string): { readonly name: string } | undefined =>
    named.get(folder) ?? (folder === "" ? undefined : ofFolder(folderOf(folder)));
  return (file) => (file.endsWith(".py") ? ofFolder(folderOf(file)) : undefined) ?? manifestOf(file);
}

/** Modules of packages that plug into a framework, but those that are private by name. */
function publishedFiles(found: Discovery): (file: string) => boolean {
  const dirs = found.pythonProjects.filter(({ plugsIn }) => plugsIn).map(({ dir }) => (dir === "" ? "" : `${dir}/`));
  return (file) => file.endsWith(".py") && dirs.some((dir) => file.startsWith(dir)) && !/(?:^|\/)_(?!_)/u.test(file);
}

/** What the other side asks for by name, whatever the framework calls it. */
const requested: ReadonlySet<string> = new Set(["route", "page", "action", "loader", "procedure"]);

function surveyOf(
  found: Discovery,
  read: ReadFiles,
  analysis: Analysis,
  packageOf: (file: string) => { readonly name: string } | undefined,
): Survey {
  const { project } = analysis;
  const queries = project.operations.filter((one) => one.kind === "db-read" || one.kind === "db-write");
  return {
    project: {
      name: projectName(found),
      files: analysis.facts.size,
      functions: [...analysis.facts.values()].reduce((sum, facts) => sum + facts.functions.length - 1, 0),
      routes: new Set(project.entries.flatMap(({ kind, name }) => (requested.has(kind) ? [name] : []))).size,
      queries: queries.length,
      tables: new Set(queries.flatMap((one) => (one.table === undefined ? [] : [one.table.toLowerCase()]))).size,
      packages: packageNames(found),
    },
    findings: analysis.findings,
    formulas: [...project.entries, ...project.functions]
      .map((entry) => reportOf(entry, packageOf))
      .sort((a, b) =>
        a.name < b.name
          ? -1
          : a.name > b.name
            ? 1
            : a.site.file < b.site.file
              ? -1
              : a.site.file > b.site.file
                ? 1
                : a.site.line - b.site.line,
      ),
    failures: [...found.failures, ...read.failures, ...analysis.failures].sort((a, b) =>
      a.file < b.file ? -1 : a.file > b.file ? 1 : a.code < b.code ? -1 : a.code > b.code ? 1 : a.message < b.message ? -1 : 1,
    ),
    notLookedAt: [...found.notLookedAt, ...read.left, ...unknownQueries(analysis)].sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    unusedAllows: [...analysis.unusedAllows],
  };
}

function projectName(found: Discovery): string {
  const own = found.packages.find((one) => one.dir === "") ?? found.pythonProjects.find((one) => one.dir === "" && one.name !== "");
  return own?.name ?? basename(found.root);
}

function packageNames(found: Discovery): string[] {
  const own = [...found.packages, ...found.pythonProjects].filter((one) => one.name !== "" && !one.dir.startsWith(".."));
  return [...new Set(own.map((one) => one.name))].sort();
}

/** Files whose queries go through a library that no table describes. */
function unknownQueries(analysis: Analysis): readonly NotLookedAt[] {
  const ask = unknownDataLayers();
  const users = new Map<string, string[]>();
  for (const [file, { imports, language }] of analysis.facts)
    for (const name of ask(imports, language)) {
      const reason = `queries through ${name}, which is no known data layer`;
      const list = users.get(reason);
      if (list === undefined) users.set(reason, [file]);
      else list.push(file);
    }
  return [...users].map(([reason, files]) => ({ reason, files: files.length, examples: files.sort().slice(0, 3) }));
}

function reportOf(entry: Entry, packageOf: (file: string) => { readonly name: string } | undefined): EntryReport {
  const { place } = entry;
  const owner = packageOf(place.file)?.name;
  return {
    name: entry.name,
    kind: entry.kind,
    site: {
      file: place.file,
      line: place.line,
      ...(place.endLine === place.line ? {} : { endLine: place.endLine }),
      ...(place.function.symbol === "" ? {} : { symbol: place.function.symbol }),
    },
    formula: costText(entry.cost),
    cost: canonical(entry.cost),
    unknown: entry.unknown,
    ...(owner === undefined || owner === "" ? {} : { package: owner }),
  };
}
