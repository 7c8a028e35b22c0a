/** What was read before is found again however much is read: long functions keep an index, short ones a list. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

async function repeatsOf(count: number, between = ""): Promise<readonly (readonly [number, number])[]> {
  const reads = Array.from({ length: count }, (_, i) => `  await db.thing${String(i)}.findUnique({ where: { id } });`);
  const text = [
    `import { PrismaClient } from "@prisma/client";`,
    "const db = new PrismaClient();",
    "export async function all(id: string) {",
    ...reads,
    between,
    reads[3] ?? "",
    "}",
  ].join("\n");
  const { project } = await analyzeSources([{ file: "src/all.ts", text }]);
  return project.repeats.map(({ first, second }) => [first.line, second.line]);
}

it.each([5, 15, 16, 40])("a read is found again among %d", async (count) => {
  expect(await repeatsOf(count)).toEqual([[7, count + 5]]);
});

it.each([5, 40])("what was written since is read for a reason, among %d", async (count) => {
  expect(await repeatsOf(count, "  await db.thing3.update({ where: { id }, data: { seen: true } });")).toEqual([]);
});
