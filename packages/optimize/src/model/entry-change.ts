import type { Site } from "./finding.ts";

/** What a change of code does to the cost of one entry point. */
export interface EntryChange {
  readonly name: string;
  readonly package?: string;
  /** Printed formulas; null where the entry point is not there. */
  readonly before: string | null;
  readonly after: string | null;
  /** Coefficients that differ: kind of effect, term ("" for the constant), by how much. */
  readonly deltas: readonly { readonly kind: string; readonly term: string; readonly by: number }[];
  /** Where the cost comes from, else where the entry point is. */
  readonly site: Site;
  readonly via?: Site;
}
