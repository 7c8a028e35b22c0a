import { expect, it } from "vitest";
import { advisedNames, withNames } from "../../src/advisor/names.ts";
import type { PlanNode } from "../../src/model/plan.ts";
import { index, table, column } from "../databases/oracle/sample-schema.ts";

const orders = table("orders", [column("id", "integer"), column("at", "timestamptz")]);
const tried = (name: string, ...columns: readonly string[]) => ({
  name,
  table: orders,
  index: { ...index(...columns), name },
  rows: 1,
  pages: 1,
});

it("gives an index the usual name unless another one has it", () => {
  const advised = [tried("orders_at_idx_2", "-at"), tried("orders_id_at_idx_3", "id", "at")];
  expect([...advisedNames(advised, [])]).toEqual([
    ["orders_at_idx_2", "orders_at_idx"],
    ["orders_id_at_idx_3", "orders_id_at_idx"],
  ]);
  expect(advisedNames(advised, ["orders_at_idx"]).get("orders_at_idx_2")).toBe("orders_at_idx_2");
  expect([...advisedNames([tried("orders_at_idx", "at"), tried("orders_at_idx_2", "-at")], []).values()]).toEqual([
    "orders_at_idx",
    "orders_at_idx_2",
  ]);
});

it("shows plans with these names, at every depth", () => {
  const node = (kind: string, more: Partial<PlanNode> = {}): PlanNode => ({
    kind,
    startupCost: 0,
    cost: 1,
    rows: 1,
    width: 1,
    conditions: [],
    sortKeys: [],
    groupKeys: [],
    children: [],
    ...more,
  });
  const plan = {
    cost: 1,
    rows: 1,
    root: node("Limit", { children: [node("Index Scan", { index: "a_2" }), node("Index Scan", { index: "b" })] }),
  };
  expect(withNames(plan, new Map([["a_2", "a"]])).root.children.map((one) => one.index)).toEqual(["a", "b"]);
});
