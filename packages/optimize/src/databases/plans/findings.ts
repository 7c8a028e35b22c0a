/** What in a plan costs more than it must: each with its numbers, and what to do. Thresholds as in docs/databases.md. */
import { planNodes, type Plan, type PlanNode } from "../../model/plan.ts";

export interface PlanFinding {
  readonly rule: string;
  /** Planned: from estimates. Measured: the statement was run. */
  readonly basis: "planned" | "measured";
  readonly message: string;
  readonly advice: string;
  /** The place of the node in `planNodes`. */
  readonly node: number;
}

type Found = Pick<PlanFinding, "message" | "advice" | "basis">;
type Check = (node: PlanNode, plan: Plan, above: PlanNode | undefined) => Found | undefined;

const count = (value: number): string => Math.round(value).toLocaleString("en-US");
const percent = (value: number): string => `${Math.round(100 * value)} %`;
const total = (node: PlanNode): number => (node.actual === undefined ? node.rows : node.actual.rows * Math.max(1, node.actual.loops));
const basisOf = (node: PlanNode): "planned" | "measured" => (node.actual === undefined ? "planned" : "measured");
const named = (node: PlanNode): string => node.relation ?? node.index ?? node.kind;
const filterOf = (node: PlanNode): string | undefined => node.conditions.find(({ kind }) => kind === "filter")?.text;

/** How many times more, or fewer, rows a node gave than were expected; 1 for few rows, and for what did not run. */
function misestimate({ actual, rows }: PlanNode): number {
  if (actual === undefined || actual.loops === 0 || Math.max(actual.rows, rows) < 1000) return 1;
  return Math.max(actual.rows, rows) / Math.max(1, Math.min(actual.rows, rows));
}

function relationsOf(node: PlanNode): readonly string[] {
  return [...new Set(planNodes(node).flatMap((one) => one.relation ?? []))];
}

/** By the rule's name, in the order in which they are shown for one node. */
const checks: Readonly<Record<string, Check>> = {
  "seq-scan-filtered": (node, plan) => {
    const filter = filterOf(node);
    if (node.kind !== "Seq Scan" || filter === undefined) return undefined;
    if (node.actual !== undefined) {
      const scanned = node.actual.removedByFilter + total(node);
      const kept = scanned === 0 ? 1 : total(node) / scanned;
      if (scanned < 10_000 || kept > 0.1) return undefined;
      return {
        basis: "measured",
        message: `${named(node)} is read from end to end, ${count(scanned)} rows, to keep ${count(total(node))} (${percent(kept)})`,
        advice: `an index for ${filter}: optimize db advise tries one`,
      };
    }
    // Without a run what was read is not known; what is known is that a plan of this cost gives few rows.
    if (node.cost < 1000 || node.rows > node.cost || node.cost < 0.25 * plan.cost) return undefined;
    return {
      basis: "planned",
      message: `${named(node)} is read from end to end for ${count(node.rows)} expected rows; that is ${percent(node.cost / plan.cost)} of the plan's cost`,
      advice: `an index for ${filter}: optimize db advise tries one`,
    };
  },
  "nested-loop-inner-scan": (node, _plan, above) => {
    if (above?.kind !== "Nested Loop" || above.children[1] !== node || node.kind !== "Seq Scan") return undefined;
    const loops = node.actual?.loops ?? above.children[0]?.rows ?? 0;
    if (loops < 100 || node.cost < 10) return undefined;
    return {
      basis: basisOf(node),
      message: `${named(node)} is read from end to end ${count(loops)} times, once for each row of the other side`,
      advice: "an index on the column that joins them",
    };
  },
  "row-misestimate": (node, _plan, above) => {
    if (above === undefined || !/Join|Nested Loop|Sort|Hash/.test(above.kind)) return undefined;
    const factor = misestimate(node);
    // What is wrong below is wrong above: it is told where it begins.
    if (node.actual === undefined || factor < 10 || node.children.some((child) => misestimate(child) > Math.sqrt(factor))) return undefined;
    const tables = relationsOf(node);
    const columns = new Set(node.conditions.flatMap(({ text }) => text.match(/\b[a-z_]\w*(?=\)?(?:::\w+)? *(?:=|<|>))/gi) ?? []));
    return {
      basis: "measured",
      message: `${node.relation ?? `the join of ${tables.join(", ")}`} gave ${count(node.actual.rows)} rows where ${count(node.rows)} were expected (${count(factor)} times)`,
      advice:
        node.relation !== undefined && columns.size > 1
          ? `ANALYZE ${node.relation}; if it stays, CREATE STATISTICS on ${[...columns].slice(0, 3).join(", ")}: their values hang together`
          : `ANALYZE ${tables.join(", ")}: statistics may be old`,
    };
  },
  "sort-spill": (node) => {
    if (node.sort === undefined || !node.sort.onDisk) return undefined;
    return {
      basis: "measured",
      message: `the sort by ${node.sortKeys.slice(0, 3).join(", ")} did not fit into work_mem and wrote ${count(node.sort.kb / 1024)} MB to disk`,
      advice: `an index in that order, or a work_mem of ${count((node.sort.kb * 1.2) / 1024 + 1)} MB and more: rows take more room in memory than on disk`,
    };
  },
  "hash-spill": (node) => {
    if ((node.hashBatches ?? 1) <= 1) return undefined;
    return {
      basis: "measured",
      message: `a hash table of ${count(total(node))} rows did not fit into memory: ${node.hashBatches ?? 0} parts went through the disk`,
      advice: "fewer rows or columns on this side, or more work_mem",
    };
  },
  "index-low-selectivity": (node) => {
    const removed = node.actual?.removedByFilter ?? 0;
    if (!node.kind.startsWith("Index") || removed < 1000 || removed < 9 * total(node)) return undefined;
    return {
      basis: "measured",
      message: `${node.index ?? "the index"} found ${count(removed + total(node))} rows of ${named(node)}, of which ${count(total(node))} were wanted`,
      advice: `put the columns of ${filterOf(node) ?? "the filter"} into the index`,
    };
  },
  "bitmap-and": (node) => {
    const parts = node.kind === "BitmapAnd" ? node.children.flatMap((child) => child.index ?? []) : [];
    if (parts.length < 2) return undefined;
    return {
      basis: basisOf(node),
      message: `${parts.join(" and ")} are read and intersected`,
      advice: "one index over the columns of both finds the rows at once",
    };
  },
  "order-not-indexed": (node, _plan, above) => {
    const child = node.children[0];
    if (node.kind !== "Sort" || above?.kind !== "Limit" || child === undefined || total(child) < 10_000) return undefined;
    return {
      basis: basisOf(child),
      message: `${count(total(child))} rows are sorted by ${node.sortKeys.slice(0, 3).join(", ")} to give ${count(total(above))}`,
      advice: "an index in this order, behind the columns of the equal conditions, gives the first rows at once",
    };
  },
  "heap-fetches": (node) => {
    const rows = total(node);
    if (node.heapFetches === undefined || rows < 1000 || node.heapFetches < 0.2 * rows) return undefined;
    return {
      basis: "measured",
      message: `an index-only scan of ${named(node)} looked into the table for ${count(node.heapFetches)} of ${count(rows)} rows`,
      advice: `VACUUM ${named(node)}; when it happens again, autovacuum comes too rarely`,
    };
  },
  "lossy-bitmap": (node) => {
    const blocks = node.heapBlocks;
    if (blocks === undefined || blocks.lossy < 100 || blocks.lossy < 0.1 * (blocks.exact + blocks.lossy)) return undefined;
    return {
      basis: "measured",
      message: `the bitmap of ${named(node)} did not fit into work_mem: ${count(blocks.lossy)} whole pages were looked through`,
      advice: "more work_mem, or a condition that finds fewer rows",
    };
  },
  "subplan-per-row": (node) => {
    const loops = node.actual?.loops ?? 0;
    if (node.relationship !== "SubPlan" || loops < 1000) return undefined;
    return {
      basis: "measured",
      message: `${node.subplan ?? "a subquery"} ran ${count(loops)} times, once for each row`,
      advice: "write it as a join, or with GROUP BY, so that it runs once",
    };
  },
};

/** Over the whole plan. */
const wholes: readonly (readonly [string, (plan: Plan) => Found | undefined])[] = [
  [
    "jit-cost",
    ({ jitMs = 0, executionMs = 0 }) =>
      jitMs < 10 || jitMs < 0.2 * executionMs
        ? undefined
        : {
            basis: "measured",
            message: `compiling took ${jitMs.toFixed(0)} of ${executionMs.toFixed(0)} ms`,
            advice: "raise jit_above_cost, or jit = off for short statements",
          },
  ],
  [
    "planning-heavy",
    ({ planningMs = 0, executionMs }) =>
      executionMs === undefined || planningMs < 5 || planningMs < executionMs
        ? undefined
        : {
            basis: "measured",
            message: `planning took ${planningMs.toFixed(1)} ms, running ${executionMs.toFixed(1)}`,
            advice: "a prepared statement is planned once",
          },
  ],
  [
    "temp-io",
    ({ root }) =>
      (root.actual?.buffers?.tempWritten ?? 0) === 0
        ? undefined
        : {
            basis: "measured",
            message: `${count(((root.actual?.buffers?.tempWritten ?? 0) * 8) / 1024)} MB went to temporary files`,
            advice: "fewer rows before the sort or the hash, or more work_mem",
          },
  ],
  [
    "cold-read",
    ({ root }) => {
      const { hit = 0, read = 0 } = root.actual?.buffers ?? {};
      return read < 1000 || read < hit
        ? undefined
        : {
            basis: "measured",
            message: `${count(read)} of ${count(hit + read)} pages were not in the server's memory`,
            advice:
              "run it again to see the usual case; if it stays, the data is larger than the memory, and an index that reads less helps most",
          };
    },
  ],
];

/** What is found, in the order of the plan. */
export function planFindings(plan: Plan): readonly PlanFinding[] {
  const nodes = planNodes(plan.root);
  const parents = new Map(nodes.flatMap((node) => node.children.map((child) => [child, node] as const)));
  const found = nodes.flatMap((node, place) =>
    Object.entries(checks).flatMap(([rule, check]) => {
      const one = check(node, plan, parents.get(node));
      return one === undefined ? [] : [{ rule, node: place, ...one }];
    }),
  );
  const whole = wholes.flatMap(([rule, check]) => {
    const one = check(plan);
    return one === undefined ? [] : [{ rule, node: 0, ...one }];
  });
  return [...found, ...whole];
}
