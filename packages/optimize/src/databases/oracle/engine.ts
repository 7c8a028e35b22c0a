/** What a planner without data is driven by: PGlite (pglite.ts) or a native server whose files are sparse (native.ts). */

export type Row = Readonly<Record<string, unknown>>;

/** One step; several go to the engine at once, and one that fails costs no other. */
export type Step =
  /** One statement, given to the parser as one: a second one behind it is refused. */
  | { readonly kind: "run"; readonly sql: string }
  /** Statements of this program, or one that was seen to be one (`statement-guard.ts`): placeholders are left open. */
  | { readonly kind: "explain"; readonly sql: string }
  | { readonly kind: "pages"; readonly path: string; readonly pages: number }
  | { readonly kind: "write"; readonly path: string; readonly bytes: Uint8Array };

export type StepResult = { readonly rows: readonly Row[] } | { readonly error: string };

export interface PlannerEngine {
  /** "PostgreSQL 18.6 (embedded)": goes with every figure that it gave. */
  readonly name: string;
  readonly major: number;
  /** Why it is not the one that is asked first. */
  readonly notice: string | undefined;
  /** Throws an OptimizeError("planner") when the engine had to be ended: the statement took too long, or it crashed. */
  readonly run: (steps: readonly Step[]) => Promise<readonly StepResult[]>;
  readonly close: () => Promise<void>;
}

/** The rows of a step. Throws what went wrong. */
export function rowsOf(result: StepResult | undefined): readonly Row[] {
  if (result === undefined) throw new Error("the planner gave no answer");
  if ("error" in result) throw new Error(result.error);
  return result.rows;
}
