/** Under which heading of a formula an operation is counted. */
import type { EffectKind } from "../model/effect.ts";
import type { CostKind } from "../model/formula.ts";
import type { Operation } from "../model/project.ts";

const byEffect: Partial<Record<EffectKind, CostKind>> = {
  "db-read": "reads",
  "db-write": "writes",
  "cache-read": "cache",
  "cache-write": "cache",
  "http-read": "http",
  "http-write": "http",
  "file-read": "files",
  "file-write": "files",
  lock: "locks",
  queue: "jobs",
};

/** Undefined: no formula counts it. */
export function costKindOf(operation: Pick<Operation, "kind" | "spec">): CostKind | undefined {
  const database = operation.kind === "db-read" || operation.kind === "db-write";
  return operation.spec.blocking === true && !database ? "blocking" : byEffect[operation.kind];
}
