/** EXPLAIN (FORMAT JSON) of PostgreSQL as a Plan. */
import type { Plan, PlanActual, PlanBuffers, PlanCondition, PlanNode } from "../../model/plan.ts";

type Json = Readonly<Record<string, unknown>>;

const conditionKinds: readonly (readonly [string, PlanCondition["kind"]])[] = [
  ["Index Cond", "index"],
  ["Recheck Cond", "recheck"],
  ["TID Cond", "index"],
  ["Hash Cond", "hash"],
  ["Merge Cond", "merge"],
  ["Join Filter", "join filter"],
  ["Filter", "filter"],
  ["One-Time Filter", "filter"],
];

/** The plan in what EXPLAIN (FORMAT JSON) gave: its array, one statement of it, or auto_explain's object. Undefined when it is none. */
export function planOfJson(value: unknown): Plan | undefined {
  const outer = Array.isArray(value) ? (value[0] as unknown) : value;
  if (!isObject(outer)) return undefined;
  const inner = outer["QUERY PLAN"] ?? outer;
  if (Array.isArray(inner)) return planOfJson(inner);
  const plan = isObject(inner) ? inner["Plan"] : undefined;
  if (!isObject(inner) || !isObject(plan) || typeof plan["Node Type"] !== "string") return undefined;
  const root = nodeOf(plan, 0);
  const jit = isObject(inner["JIT"]) && isObject(inner["JIT"]["Timing"]) ? number(inner["JIT"]["Timing"], "Total") : undefined;
  return {
    cost: root.cost,
    rows: root.rows,
    root,
    ...optional("executionMs", number(inner, "Execution Time")),
    ...optional("planningMs", number(inner, "Planning Time")),
    ...optional("jitMs", jit),
  };
}

/** Plans are as deep as queries have joins; a file may be anything. */
const deepest = 500;

function nodeOf(json: Json, depth: number): PlanNode {
  const plans = json["Plans"];
  const children = depth < deepest && Array.isArray(plans) ? plans.filter(isObject).map((child) => nodeOf(child, depth + 1)) : [];
  const kind = kindOf(json);
  const sort = text(json, "Sort Method");
  return {
    kind,
    ...optional("relation", text(json, "Relation Name")),
    ...optional("alias", text(json, "Alias")),
    ...optional("index", text(json, "Index Name")),
    ...optional("join", text(json, "Join Type")),
    ...optional("subplan", text(json, "Subplan Name")),
    ...optional("relationship", text(json, "Parent Relationship")),
    startupCost: number(json, "Startup Cost") ?? 0,
    cost: number(json, "Total Cost") ?? 0,
    rows: number(json, "Plan Rows") ?? 0,
    width: number(json, "Plan Width") ?? 0,
    ...optional("actual", actualOf(json)),
    conditions: conditionKinds.flatMap(([name, as]) => {
      const found = text(json, name);
      return found === undefined ? [] : [{ kind: as, text: found }];
    }),
    sortKeys: strings(json["Sort Key"]),
    groupKeys: strings(json["Group Key"]),
    ...(sort === undefined
      ? {}
      : { sort: { method: sort, kb: number(json, "Sort Space Used") ?? 0, onDisk: text(json, "Sort Space Type") === "Disk" } }),
    ...optional("hashBatches", number(json, "Hash Batches")),
    ...optional("heapFetches", number(json, "Heap Fetches")),
    ...(json["Exact Heap Blocks"] === undefined && json["Lossy Heap Blocks"] === undefined
      ? {}
      : { heapBlocks: { exact: number(json, "Exact Heap Blocks") ?? 0, lossy: number(json, "Lossy Heap Blocks") ?? 0 } }),
    ...optional("workers", number(json, "Workers Planned")),
    children,
  };
}

/** "Aggregate" with the strategy "Hashed" is what the text format calls HashAggregate. */
function kindOf(json: Json): string {
  const type = text(json, "Node Type") ?? "Unknown";
  const strategy = text(json, "Strategy");
  if (type === "Aggregate" || type === "SetOp") {
    const prefix =
      strategy === "Hashed" ? "Hash" : strategy === "Sorted" && type === "Aggregate" ? "Group" : strategy === "Mixed" ? "Mixed" : "";
    return `${prefix}${type}`;
  }
  return type;
}

function actualOf(json: Json): PlanActual | undefined {
  const rows = number(json, "Actual Rows");
  const loops = number(json, "Actual Loops");
  if (rows === undefined || loops === undefined) return undefined;
  return {
    rows,
    loops,
    ...optional("ms", number(json, "Actual Total Time")),
    removedByFilter: (number(json, "Rows Removed by Filter") ?? 0) * Math.max(1, loops),
    removedByJoin: (number(json, "Rows Removed by Join Filter") ?? 0) * Math.max(1, loops),
    removedByRecheck: (number(json, "Rows Removed by Index Recheck") ?? 0) * Math.max(1, loops),
    ...optional("buffers", buffersOf(json)),
  };
}

function buffersOf(json: Json): PlanBuffers | undefined {
  const sum = (...names: string[]): number => names.reduce((total, name) => total + (number(json, name) ?? 0), 0);
  if (json["Shared Hit Blocks"] === undefined) return undefined;
  return {
    hit: sum("Shared Hit Blocks", "Local Hit Blocks"),
    read: sum("Shared Read Blocks", "Local Read Blocks"),
    written: sum("Shared Written Blocks", "Local Written Blocks"),
    tempRead: sum("Temp Read Blocks"),
    tempWritten: sum("Temp Written Blocks"),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(json: Json, name: string): string | undefined {
  const value = json[name];
  return typeof value === "string" ? value : undefined;
}

function number(json: Json, name: string): number | undefined {
  const value = json[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
