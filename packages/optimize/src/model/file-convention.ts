/** Files that a framework loads by their place. */
import type { EntrySpec } from "./library.ts";

/** Files whose exports the framework calls by convention. */
export interface FileConvention {
  /** Only when a manifest above the file depends on one of these. */
  readonly packages: readonly string[];
  /** Returns the route for a path relative to its package ("pages/api/users/[id].ts" -> "/api/users/:id"), else undefined. */
  readonly route: (path: string) => string | undefined;
  /** Export name -> how it enters; "default" too; "*" for every exported function. An exported object enters by each of its functions (`actions`). */
  readonly exports: Readonly<Record<string, EntrySpec>>;
  /** The file says by what it exports that it is done when the program is built, and no request waits for it. `exported` gives a constant, or true for what is none. */
  readonly atBuild?: (exported: (name: string) => unknown) => boolean;
  /** Exports that the framework calls for one and the same request, each with the same arguments. */
  readonly together?: readonly string[];
  /** Only files (or functions) with this directive; entries are named after the function. */
  readonly directive?: string;
}
