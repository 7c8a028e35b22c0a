/** What readers of schemas are given. */
import type { Facts } from "../../model/facts.ts";

export interface SchemaText {
  readonly file: string;
  readonly text: string;
}

/** The project's sources as far as schemas need them. */
export interface SchemaSources {
  /** Facts of all sources, by file. */
  readonly facts: ReadonlyMap<string, Facts>;
  /** Facts of migrations, in the order of their names. */
  readonly migrations: readonly Facts[];
  /** SQL and schema files. */
  readonly texts: readonly SchemaText[];
  /** The file of the project that an import means. */
  readonly resolve: (file: string, specifier: string) => string | undefined;
  /** Folder of the package that holds the file. */
  readonly packageDir: (file: string) => string;
  /** Names of the packages that the folder depends on. */
  readonly dependencies: (packageDir: string) => ReadonlySet<string>;
}
