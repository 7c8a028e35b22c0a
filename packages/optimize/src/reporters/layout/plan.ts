/** A plan as a tree of lines, and what was found in it. */
import { planNodes, type Plan, type PlanNode } from "../../model/plan.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { shorten } from "./width.ts";

/** What is said of a node: its place in `planNodes`. */
export interface PlanRemark {
  readonly rule: string;
  readonly basis: "planned" | "measured";
  readonly message: string;
  readonly advice: string;
  readonly node: number;
}

export function planTree(plan: Plan, remarks: readonly PlanRemark[], columns: number, paint: Paint): string[] {
  const numbers = new Map(planNodes(plan.root).map((node, index) => [node, index]));
  const marked = new Set(remarks.map(({ node }) => node));
  const lines: string[] = [];
  const draw = (node: PlanNode, indent: string, isLast: boolean, isRoot: boolean): void => {
    const mark = marked.has(numbers.get(node) ?? -1) ? "! " : "";
    const branch = isRoot ? "" : isLast ? "└ " : "├ ";
    const line = shorten(`${indent}${branch}${mark}${titleOf(node)}`, columns);
    lines.push(mark === "" ? line : paint("yellow", line));
    const below = isRoot ? "" : `${indent}${isLast ? "  " : "│ "}`;
    for (const { kind, text } of node.conditions)
      lines.push(paint("dim", shorten(`${below}${node.children.length > 0 ? "│ " : "  "}  ${kind}: ${clean(text)}`, columns)));
    for (const [index, child] of node.children.entries()) draw(child, below, index === node.children.length - 1, false);
  };
  draw(plan.root, "", true, true);
  return lines;
}

function titleOf(node: PlanNode): string {
  const join = node.join === undefined || node.join === "Inner" ? "" : ` (${node.join.toLowerCase()})`;
  const on = node.relation === undefined ? "" : ` on ${clean(node.relation)}`;
  const by = node.index === undefined ? "" : ` by ${clean(node.index)}`;
  const keys = node.sortKeys.length > 0 ? ` by ${node.sortKeys.map(clean).join(", ")}` : "";
  const sub = node.subplan === undefined ? "" : `${clean(node.subplan)}: `;
  return `${sub}${clean(node.kind)}${join}${by}${on}${keys}  ${numbersOf(node)}`;
}

function numbersOf(node: PlanNode): string {
  const { actual } = node;
  if (actual === undefined) return `${rowsText(node.rows)}, cost ${short(node.cost)}`;
  if (actual.loops === 0) return "never ran";
  const rows = `${rowsText(actual.rows * actual.loops)} (${short(node.rows * actual.loops)} expected)`;
  const time = actual.ms === undefined ? "" : `, ${(actual.ms * actual.loops).toFixed(1)} ms`;
  return `${rows}${time}${actual.loops > 1 ? `, ${short(actual.loops)} times` : ""}`;
}

function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${short(rows)} rows`;
}

/** 1,234 or 1.2 M: for reading, not for counting. */
export function short(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value < 10 && !Number.isInteger(value) ? value.toFixed(2) : Math.round(value).toLocaleString("en-US");
}

export function remarkLines(remarks: readonly PlanRemark[], paint: Paint): string[] {
  return remarks.flatMap(({ rule, basis, message, advice }) => [
    `${paint("yellow", "!")} ${paint("bold", rule)} ${paint("dim", `(${basis})`)}  ${clean(message)}`,
    `    ${clean(advice)}`,
  ]);
}
