/** The schemas of a project: every reader's parts, put together by database. */
import { lowerJavaScript } from "../../languages/javascript/index.ts";
import { lowerPython } from "../../languages/python/index.ts";
import { schemaReaders } from "../../languages/schemas/index.ts";
import type { SchemaSources, SchemaText } from "../../languages/schemas/schema-text.ts";
import { byVersion } from "../../languages/schemas/sql-files.ts";
import { allowsInSchema } from "../../languages/schemas/comments.ts";
import type { Allow, Facts } from "../../model/facts.ts";
import type { Failure } from "../../model/finding.ts";
import type { SchemaPart } from "../../model/schema-change.ts";
import type { Schema } from "../../model/schema.ts";
import { mergeParts } from "./merge.ts";
import { isSchemaText } from "./schema-files.ts";

export interface SchemaInput {
  readonly facts: ReadonlyMap<string, Facts>;
  /** Migrations and schema files, which the interpretation leaves alone. */
  readonly files: readonly SchemaText[];
  readonly resolve: (file: string, specifier: string) => string | undefined;
  readonly packageDir: (file: string) => string;
  readonly dependencies: (packageDir: string) => ReadonlySet<string>;
}

export interface ReadSchemas {
  readonly schemas: readonly Schema[];
  readonly failures: readonly Failure[];
  /** `optimize-allow` comments of migrations and schema files, which have no facts. */
  readonly allows: ReadonlyMap<string, readonly Allow[]>;
}

export function readSchemas(input: SchemaInput): ReadSchemas {
  const failures: Failure[] = [];
  const sources: SchemaSources = {
    ...input,
    migrations: lowered(input.files, failures),
    texts: input.files.filter(({ file }) => isSchemaText(file)),
  };
  const parts: SchemaPart[] = [];
  for (const reader of schemaReaders) {
    try {
      parts.push(...reader(sources));
    } catch (error) {
      failures.push({
        file: "",
        code: "internal",
        message: `a schema could not be read: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
  const allows = new Map<string, readonly Allow[]>([
    ...sources.migrations.map(({ file, allows: own }) => [file, own] as const),
    ...sources.texts.map((text) => [text.file, allowsInSchema(text)] as const),
  ]);
  return { schemas: mergeParts(parts), failures, allows };
}

function lowered(files: readonly SchemaText[], failures: Failure[]): readonly Facts[] {
  const facts: Facts[] = [];
  for (const source of [...files].sort((a, b) => byVersion(a.file, b.file))) {
    if (source.file.endsWith(".py")) {
      const read = lowerPython(source);
      facts.push(read.facts);
      if (read.failure !== undefined) failures.push(read.failure);
    } else if (/\.[cm]?[jt]sx?$/u.test(source.file)) {
      const read = lowerJavaScript(source);
      if ("facts" in read) facts.push(read.facts);
      else failures.push(read.failure);
    }
  }
  return facts;
}
