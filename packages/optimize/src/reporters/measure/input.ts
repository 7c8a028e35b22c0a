/** What the report of a run is made of. */
import type { Evidence, EvidenceSet } from "../../model/evidence.ts";
import type { FormulaCheck, Join } from "../../model/joined.ts";
import type { Paint } from "../layout/style.ts";

export interface Measured {
  readonly set: EvidenceSet;
  readonly join: Join;
  /** Whether the code was read: else there are no findings to tie evidence to. */
  readonly scanned: boolean;
  readonly checks?: readonly FormulaCheck[];
  /** Where the set was saved. */
  readonly saved: string | undefined;
  readonly all: boolean;
  readonly columns: number;
  readonly paint: Paint;
}

type Kind<K extends Evidence["kind"]> = Extract<Evidence, { kind: K }>;
/** Evidence of one kind. */
export const ofKind = <K extends Evidence["kind"]>(set: EvidenceSet, kind: K): Kind<K>[] =>
  set.evidence.filter((one): one is Kind<K> => one.kind === kind);
