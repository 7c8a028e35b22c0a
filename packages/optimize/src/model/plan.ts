/** The plan of a statement: one tree for what EXPLAIN printed as text or JSON, and for what a planner without data said. */

export interface Plan {
  /** The planner's units for the whole statement. */
  readonly cost: number;
  /** Rows that it expects to give. */
  readonly rows: number;
  readonly root: PlanNode;
  /** EXPLAIN ANALYZE: it was run. Absent: estimates only. */
  readonly executionMs?: number;
  readonly planningMs?: number;
  readonly jitMs?: number;
}

export interface PlanNode {
  /** "Seq Scan", "Index Scan", "Hash Join", "Sort" … as PostgreSQL names it. */
  readonly kind: string;
  readonly relation?: string;
  readonly alias?: string;
  readonly index?: string;
  /** "Inner", "Left", "Anti" … of a join. */
  readonly join?: string;
  /** "SubPlan 1", "InitPlan 1", "CTE name": what it is for the node above. */
  readonly subplan?: string;
  /** "SubPlan", "InitPlan", "Outer", "Inner"; how it hangs on the node above. */
  readonly relationship?: string;
  readonly startupCost: number;
  readonly cost: number;
  /** Expected, for one loop. */
  readonly rows: number;
  readonly width: number;
  readonly actual?: PlanActual;
  readonly conditions: readonly PlanCondition[];
  readonly sortKeys: readonly string[];
  readonly groupKeys: readonly string[];
  /** "external merge", "quicksort", "top-N heapsort". */
  readonly sort?: { readonly method: string; readonly kb: number; readonly onDisk: boolean };
  readonly hashBatches?: number;
  readonly heapFetches?: number;
  readonly heapBlocks?: { readonly exact: number; readonly lossy: number };
  readonly workers?: number;
  readonly children: readonly PlanNode[];
}

/** What a run of the node saw; all but `rows` and `ms`, which are for one loop, in total. */
export interface PlanActual {
  readonly rows: number;
  readonly loops: number;
  readonly ms?: number;
  readonly removedByFilter: number;
  readonly removedByJoin: number;
  readonly removedByRecheck: number;
  readonly buffers?: PlanBuffers;
}

/** Blocks of 8 KB, children included. */
export interface PlanBuffers {
  readonly hit: number;
  readonly read: number;
  readonly written: number;
  readonly tempRead: number;
  readonly tempWritten: number;
}

export interface PlanCondition {
  /** "index": what the index answers; "filter": what is looked at row by row. */
  readonly kind: "index" | "filter" | "recheck" | "join filter" | "hash" | "merge";
  readonly text: string;
}

/** Every node of a plan, each before its children. */
export function planNodes(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(planNodes)];
}

/** Names of the indexes that a plan reads, sorted. */
export function indexesOf(plan: Plan): readonly string[] {
  return [...new Set(planNodes(plan.root).flatMap((node) => node.index ?? []))].toSorted();
}

/** Blocks that the whole plan touched in memory or on disk; undefined when it was not run with BUFFERS. */
export function blocksOf(plan: Plan): number | undefined {
  const buffers = plan.root.actual?.buffers;
  return buffers === undefined ? undefined : buffers.hit + buffers.read + buffers.tempRead + buffers.tempWritten;
}

/** The plan's form without numbers and names of indexes that stand for the same work: what is equal here is the same plan. */
export function shapeOfPlan(node: PlanNode): string {
  const what = [node.kind, node.join, node.relation, node.index].filter((part) => part !== undefined).join(" ");
  return node.children.length === 0 ? what : `${what}(${node.children.map(shapeOfPlan).join(", ")})`;
}
