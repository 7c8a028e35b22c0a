/** What a walk over a project finds. */
import type { Failure, NotLookedAt } from "../model/finding.ts";
import type { GeneratedClient } from "./generated-clients.ts";
import type { PackageFacts } from "./packages.ts";
import type { PythonProject } from "./python-manifests.ts";
import type { SourceLanguage } from "./source-languages.ts";

export interface SourceFile {
  /** Relative to the scanned folder, `/`-separated. */
  readonly path: string;
  readonly absolute: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch; a fast hint for caches, never the truth. */
  readonly modified: number;
  readonly language: SourceLanguage;
  /** Part of the tests; only listed when tests were asked for. */
  readonly test: boolean;
  /** Folder of the package that holds the file, as in `PackageFacts.dir`; "" when there is no manifest. */
  readonly packageDir: string;
}

export interface DiscoverOptions {
  readonly includeTests?: boolean;
  readonly languages?: ReadonlySet<SourceLanguage>;
  /**
   * The folder up to which manifests and configurations may be read; absent: the repository's top, or the scanned folder when there is none.
   * When it is given, .gitignore files do not count: the folder is a laid-out commit.
   */
  readonly boundary?: string;
}

export interface Discovery {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Absolute; nothing above it is read. */
  readonly boundary: string;
  /** The scanned folder relative to the boundary, `/`-separated; "" when they are the same. Part of every finding's id. */
  readonly prefix: string;
  readonly files: readonly SourceFile[];
  readonly notLookedAt: readonly NotLookedAt[];
  readonly failures: readonly Failure[];
  readonly packages: readonly PackageFacts[];
  /** What Python manifests say, one a folder. */
  readonly pythonProjects: readonly PythonProject[];
  /** Schema changes and seeds, left out of `files`: JavaScript, TypeScript and SQL. */
  readonly migrations: readonly string[];
  /** Files of SQL and schema files, left out of `files`; those of tests, and what was generated, are not among them. */
  readonly schemas: readonly string[];
  /** Clients that schemas of the project have written into it. */
  readonly clients: readonly GeneratedClient[];
  /** Every source that exists and is left out. */
  readonly skipped: ReadonlySet<string>;
}
