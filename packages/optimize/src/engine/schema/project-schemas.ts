/** The schemas of a folder, without interpreting its program. */
import { pythonLibraries } from "../../languages/libraries.ts";
import type { Failure } from "../../model/finding.ts";
import type { Schema } from "../../model/schema.ts";
import type { Config } from "../config.ts";
import { discover } from "../discover.ts";
import { lowerAll } from "../lower.ts";
import { packageLookup } from "../packages.ts";
import { createPythonResolver } from "../python-imports.ts";
import { dependenciesOf, readAll } from "../read-folder.ts";
import { createResolver } from "../resolve.ts";
import { readSchemas } from "./read.ts";

export interface ProjectSchemas {
  readonly schemas: readonly Schema[];
  readonly failures: readonly Failure[];
}

/** Throws an OptimizeError when there is no folder to read. */
export async function projectSchemas(root: string, config?: Config): Promise<ProjectSchemas> {
  const found = discover(root);
  const read = readAll(found, config);
  const lowered = await lowerAll(read.sources);
  const manifestOf = packageLookup(found.packages);
  const resolver = createResolver(found);
  const python = createPythonResolver({
    files: found.files.flatMap((file) => (file.language === "python" ? [file.path] : [])),
    skipped: found.skipped,
    projects: found.pythonProjects,
    libraries: pythonLibraries(),
  });
  const { schemas, failures } = readSchemas({
    facts: new Map(lowered.facts.map((facts) => [facts.file, facts])),
    files: read.schemaFiles,
    resolve: (file, specifier) => {
      const meant = file.endsWith(".py") ? python.resolve(file, specifier) : resolver.resolve(file, specifier);
      return meant.kind === "file" ? meant.path : undefined;
    },
    packageDir: (file) => manifestOf(file)?.dir ?? "",
    dependencies: dependenciesOf(found),
  });
  return { schemas, failures: [...found.failures, ...read.failures, ...lowered.failures, ...failures] };
}
