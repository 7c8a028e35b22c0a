/** EXPLAIN's text of PostgreSQL, as psql, a log or a mail holds it, as a Plan. */
import type { Plan, PlanActual, PlanBuffers, PlanCondition, PlanNode } from "../../model/plan.ts";

interface Draft {
  readonly indent: number;
  readonly node: Mutable<Omit<PlanNode, "children" | "actual" | "conditions">> & {
    children: Draft["node"][];
    conditions: PlanCondition[];
    actual?: Mutable<PlanActual>;
  };
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const nodeLine =
  /^(?<indent>\s*)(?<arrow>->\s+)?(?<title>[A-Z][\w ."$-]*?)\s+\((?:cost=(?<start>[\d.]+)\.\.(?<cost>[\d.]+) rows=(?<rows>\d+) width=(?<width>\d+)|(?=actual|never))\)?(?:\s*\(?(?:actual (?:time=[\d.]+\.\.(?<ms>[\d.]+) )?rows=(?<actual>[\d.]+) loops=(?<loops>\d+)|(?<never>never executed))\))?\s*$/;
const subplanLine = /^\s*(?<kind>SubPlan|InitPlan|CTE)\s+(?<name>\S+)/;

/** Undefined when there is no plan in the text. */
export function planOfText(text: string): Plan | undefined {
  const stack: Draft[] = [];
  let root: Draft["node"] | undefined;
  let subplan: { name: string; indent: number } | undefined;
  const totals: { executionMs?: number; planningMs?: number; jitMs?: number } = {};
  let inJit = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw
      .replaceAll("\t", "        ")
      .replace(/^\s*\|?\s?(?=.*\S)/, (start) => start.replace("|", " "))
      .replace(/\s*[|+]\s*$/, "");
    const found = nodeLine.exec(line)?.groups;
    if (found !== undefined) {
      // What hangs under "SubPlan 1" stands where that line does.
      const indent = subplan?.indent ?? (found["indent"] ?? "").length + (found["arrow"] === undefined ? 0 : 2);
      const node = nodeFrom(found);
      if (subplan !== undefined && found["arrow"] !== undefined) {
        node.subplan = subplan.name;
        node.relationship = subplan.name.split(" ")[0] ?? "";
      }
      subplan = undefined;
      while (stack.length > 0 && (stack.at(-1)?.indent ?? 0) >= indent) stack.pop();
      const above = stack.at(-1);
      // A second plan in the text is another statement's.
      if (above === undefined && root !== undefined) break;
      if (above === undefined) root = node;
      else above.node.children.push(node);
      stack.push({ indent, node });
      continue;
    }
    const sub = subplanLine.exec(line)?.groups;
    if (sub !== undefined) subplan = { name: `${sub["kind"] ?? ""} ${sub["name"] ?? ""}`, indent: line.search(/\S/) + 2 };
    if (/^\s*JIT:/.test(line)) inJit = true;
    const total = /^\s*(Planning Time|Execution Time|Total runtime):\s*([\d.]+) ms/.exec(line);
    if (total !== null) totals[total[1] === "Planning Time" ? "planningMs" : "executionMs"] = Number(total[2]);
    const jit = inJit ? /Total ([\d.]+) ms/.exec(line) : null;
    if (jit !== null) totals.jitMs = Number(jit[1]);
    const at = stack.at(-1)?.node;
    if (at !== undefined && total === null && !inJit) detail(at, line.trim());
  }
  return root === undefined ? undefined : { cost: root.cost, rows: root.rows, root, ...totals };
}

function nodeFrom(found: Readonly<Record<string, string | undefined>>): Draft["node"] {
  const node: Draft["node"] = {
    ...titleOf(found["title"] ?? ""),
    startupCost: Number(found["start"] ?? 0),
    cost: Number(found["cost"] ?? 0),
    rows: Number(found["rows"] ?? 0),
    width: Number(found["width"] ?? 0),
    conditions: [],
    sortKeys: [],
    groupKeys: [],
    children: [],
  };
  if (found["actual"] !== undefined || found["never"] !== undefined)
    node.actual = {
      rows: Number(found["actual"] ?? 0),
      loops: Number(found["loops"] ?? 0),
      ...(found["ms"] === undefined ? {} : { ms: Number(found["ms"]) }),
      removedByFilter: 0,
      removedByJoin: 0,
      removedByRecheck: 0,
    };
  return node;
}

function titleOf(title: string): Pick<PlanNode, "kind" | "relation" | "alias" | "index" | "join"> {
  const bare = title.replace(/^(?:(?:Parallel|Partial|Finalize|Async)\s+)+/, "");
  const join = /^(Hash|Merge|Nested Loop)(?: (Left|Right|Full|Semi|Anti|Right Semi|Right Anti))?(?: Join)?$/.exec(bare);
  if (join !== null && bare !== "Hash") {
    const kind = join[1] === "Nested Loop" ? "Nested Loop" : `${join[1] ?? ""} Join`;
    return { kind, join: join[2] ?? "Inner" };
  }
  const scan = /^(?<kind>[A-Z][\w ]*?)(?: Backward)?(?: using (?<index>\S+))?(?: on (?<relation>\S+)(?: (?<alias>\S+))?)?$/.exec(
    bare,
  )?.groups;
  if (scan === undefined) return { kind: bare };
  const relation = scan["relation"]?.replace(/^.*\.(?=[^.]+$)/, "").replaceAll('"', "");
  const index = scan["index"]?.replaceAll('"', "");
  if (scan["kind"] === "Bitmap Index Scan") return { kind: "Bitmap Index Scan", ...(relation === undefined ? {} : { index: relation }) };
  return {
    kind: scan["kind"] ?? bare,
    ...(relation === undefined ? {} : { relation }),
    ...(index === undefined ? {} : { index }),
    ...(scan["alias"] === undefined ? {} : { alias: scan["alias"].replaceAll('"', "") }),
  };
}

const conditionNames: Readonly<Record<string, PlanCondition["kind"]>> = {
  "Index Cond": "index",
  "Recheck Cond": "recheck",
  "TID Cond": "index",
  "Hash Cond": "hash",
  "Merge Cond": "merge",
  "Join Filter": "join filter",
  Filter: "filter",
  "One-Time Filter": "filter",
};

function detail(node: Draft["node"], line: string): void {
  const [, name = "", value = ""] = /^([A-Z][\w -]*?):\s*(.*)$/.exec(line) ?? [];
  const condition = conditionNames[name];
  if (condition !== undefined) node.conditions.push({ kind: condition, text: value });
  const loops = Math.max(1, node.actual?.loops ?? 1);
  if (node.actual !== undefined) {
    if (name === "Rows Removed by Filter") node.actual.removedByFilter = Number(value) * loops;
    if (name === "Rows Removed by Join Filter") node.actual.removedByJoin = Number(value) * loops;
    if (name === "Rows Removed by Index Recheck") node.actual.removedByRecheck = Number(value) * loops;
    if (name === "Buffers") node.actual.buffers = buffersOf(value);
  }
  if (name === "Sort Key") node.sortKeys = value.split(/,\s*/);
  if (name === "Group Key") node.groupKeys = value.split(/,\s*/);
  const sort = name === "Sort Method" ? /^(.*?)\s+(Memory|Disk):\s*(\d+)kB/.exec(value) : null;
  if (sort !== null) node.sort = { method: sort[1] ?? "", kb: Number(sort[3]), onDisk: sort[2] === "Disk" };
  const batches = name === "Buckets" ? /Batches: (\d+)/.exec(value) : null;
  if (batches !== null) node.hashBatches = Number(batches[1]);
  if (name === "Batches") node.hashBatches = Number.parseInt(value, 10);
  if (name === "Heap Fetches") node.heapFetches = Number(value);
  const blocks = name === "Heap Blocks" ? /(?:exact=(\d+))?\s*(?:lossy=(\d+))?/.exec(value) : null;
  if (blocks !== null) node.heapBlocks = { exact: Number(blocks[1] ?? 0), lossy: Number(blocks[2] ?? 0) };
  if (name === "Workers Planned") node.workers = Number(value);
}

function buffersOf(text: string): PlanBuffers {
  const of = (group: string, name: string): number => Number(new RegExp(String.raw`${group}[^,]*?\b${name}=(\d+)`).exec(text)?.[1] ?? 0);
  return {
    hit: of("shared", "hit") + of("local", "hit"),
    read: of("shared", "read") + of("local", "read"),
    written: of("shared", "written") + of("local", "written"),
    tempRead: of("temp", "read"),
    tempWritten: of("temp", "written"),
  };
}
