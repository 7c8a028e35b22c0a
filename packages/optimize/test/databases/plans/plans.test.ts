import { describe, expect, it } from "vitest";
import { planFindings } from "../../../src/databases/plans/findings.ts";
import { readPlan } from "../../../src/databases/plans/read.ts";
import { planNodes, shapeOfPlan } from "../../../src/model/plan.ts";

const text = `                                   QUERY PLAN
-----------------------------------------------------------------------
 Limit  (cost=10000.00..10000.05 rows=20 width=52) (actual time=312.101..312.110 rows=20 loops=1)
   Buffers: shared hit=120 read=9000, temp read=100 written=101
   ->  Sort  (cost=10000.00..10250.00 rows=100000 width=52) (actual time=312.100..312.105 rows=20 loops=1)
         Sort Key: o.created_at DESC, o.id
         Sort Method: external merge  Disk: 8200kB
         ->  Nested Loop Left Join  (cost=0.42..7000.00 rows=100 width=52) (actual time=0.040..250.000 rows=100000 loops=1)
               ->  Parallel Seq Scan on public.orders o  (cost=0.00..5000.00 rows=90 width=48) (actual time=0.012..100.100 rows=100000 loops=1)
                     Filter: ((status)::text = 'open'::text)
                     Rows Removed by Filter: 1900000
               ->  Index Scan Backward using users_pkey on users u  (cost=0.42..0.50 rows=1 width=4) (actual time=0.001..0.001 rows=1 loops=100000)
                     Index Cond: (id = o.user_id)
   SubPlan 1
     ->  Seq Scan on tags  (cost=0.00..5.00 rows=3 width=4) (never executed)
 Planning Time: 0.200 ms
 Execution Time: 315.000 ms
(14 rows)`;

const json = [
  {
    Plan: {
      "Node Type": "Limit",
      "Total Cost": 10,
      "Plan Rows": 5,
      Plans: [
        {
          "Node Type": "Hash Join",
          "Join Type": "Left",
          "Parent Relationship": "Outer",
          "Hash Cond": "(a.id = b.a_id)",
          "Total Cost": 9,
          "Plan Rows": 5,
          Plans: [
            { "Node Type": "Seq Scan", "Relation Name": "a", Alias: "a", "Total Cost": 4, "Plan Rows": 5, Filter: "(x = 1)" },
            { "Node Type": "Aggregate", Strategy: "Hashed", "Total Cost": 4, "Plan Rows": 5, "Group Key": ["b.a_id"] },
          ],
        },
      ],
    },
    "Planning Time": 1,
  },
];

describe("plans that were printed", () => {
  it("are read from text, with headings, branches, buffers and what never ran", () => {
    const plan = readPlan(text);
    expect(plan?.executionMs).toBe(315);
    expect(shapeOfPlan(plan?.root ?? never())).toBe(
      "Limit(Sort(Nested Loop Left(Seq Scan orders, Index Scan users users_pkey)), Seq Scan tags)",
    );
    const [limit, sort, , orders] = planNodes(plan?.root ?? never());
    expect(limit?.actual?.buffers).toEqual({ hit: 120, read: 9000, written: 0, tempRead: 100, tempWritten: 101 });
    expect(sort?.sort).toEqual({ method: "external merge", kb: 8200, onDisk: true });
    expect(orders?.alias).toBe("o");
    expect(orders?.actual?.removedByFilter).toBe(1_900_000);
    expect(planNodes(plan?.root ?? never()).at(-1)?.relationship).toBe("SubPlan");
  });

  it("are read from JSON, as psql prints it too", () => {
    const printed = `QUERY PLAN\n----\n ${JSON.stringify(json, null, 2).replaceAll("\n", " +\n ")}\n(1 row)`;
    for (const form of [JSON.stringify(json), printed, JSON.stringify(json[0])])
      expect(shapeOfPlan(readPlan(form)?.root ?? never())).toBe("Limit(Hash Join Left(Seq Scan a, HashAggregate))");
  });

  it.each(["", "SELECT 1", "{}", "[]", '[{"Plan": 3}]', "[[[[", "null", "Seq Scan on a  (cost=x..y rows=1 width=1)"])(
    "are not seen in %j",
    (other) => {
      expect(readPlan(other)).toBeUndefined();
    },
  );
});

describe("what is found in a plan", () => {
  it("names the table, the numbers and what to do, where it begins", () => {
    const plan = readPlan(text) ?? never();
    const found = planFindings(plan);
    expect(found.map(({ rule }) => rule)).toEqual([
      "sort-spill",
      "order-not-indexed",
      "seq-scan-filtered",
      "row-misestimate",
      "temp-io",
      "cold-read",
    ]);
    expect(found[2]?.message).toBe("orders is read from end to end, 2,000,000 rows, to keep 100,000 (5 %)");
    expect(found.every(({ basis }) => basis === "measured")).toBe(true);
  });

  it.each([
    [
      "a small table",
      " Seq Scan on a  (cost=0.00..35.00 rows=10 width=4) (actual time=0.0..0.1 rows=10 loops=1)\n   Filter: (x = 1)\n   Rows Removed by Filter: 1990",
    ],
    [
      "a scan that keeps most rows",
      " Seq Scan on a  (cost=0.00..35000.00 rows=900000 width=4) (actual time=0.0..0.1 rows=900000 loops=1)\n   Filter: (x = 1)\n   Rows Removed by Filter: 100000",
    ],
    ["a scan without a condition", " Seq Scan on a  (cost=0.00..35000.00 rows=9 width=4)"],
    [
      "a sort in memory",
      " Limit  (cost=1.00..2.00 rows=5 width=4) (actual time=1.0..1.0 rows=5 loops=1)\n   ->  Sort  (cost=1.00..2.00 rows=500 width=4) (actual time=1.0..1.0 rows=5 loops=1)\n         Sort Key: a\n         Sort Method: top-N heapsort  Memory: 25kB\n         ->  Seq Scan on a  (cost=0.00..35.00 rows=500 width=4) (actual time=0.0..0.1 rows=500 loops=1)",
    ],
  ])("is nothing for %s", (_what, plan) => {
    expect(planFindings(readPlan(plan) ?? never())).toEqual([]);
  });
});

function never(): never {
  throw new Error("there is no plan");
}
