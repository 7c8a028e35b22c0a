import { copyFile, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersOf } from "../../../src/databases/oracle/answers.ts";
import { readOwn, writeOwn } from "../../../src/databases/oracle/own-file.ts";
import type { IndexQuestion, RewriteQuestion } from "../../../src/model/index-question.ts";
import { tableNamed, type Table } from "../../../src/model/schema.ts";
import { index, shop } from "./sample-schema.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "optimize-answers-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = async (name: string): Promise<string | undefined> => {
  const bytes = await readOwn(folder, name);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
};

describe("a file that only counts where it was written", () => {
  it("is read again, and the newest one alone", async () => {
    await writeOwn(folder, "a.json", "first");
    await writeOwn(folder, "a.json", "second");
    expect(await text("a.json")).toBe("second");
    expect((await readdir(folder)).filter((name) => name.startsWith("a.json"))).toHaveLength(1);
  });

  it("does not count when it was copied, changed by another name or linked to", async () => {
    await writeOwn(folder, "b.json", "own");
    const name = (await readdir(folder)).find((one) => one.startsWith("b.json")) ?? "";
    await copyFile(join(folder, name), join(folder, "copy"));
    await rename(join(folder, "copy"), join(folder, name));
    expect(await text("b.json")).toBeUndefined();
    await rm(join(folder, name));
    await symlink(join(folder, "elsewhere"), join(folder, name));
    expect(await text("b.json")).toBeUndefined();
    expect(await text("c.json")).toBeUndefined();
  });
});

describe("answers about missing indexes", () => {
  const orders = tableNamed(shop, "orders") as Table;
  const question = (statement: string): IndexQuestion => ({
    schema: shop,
    table: orders,
    index: index("user_id"),
    statements: [statement],
  });
  const byUser = question("SELECT * FROM orders WHERE user_id = $1");

  it("come from a planner first and then from what was kept, which another schema or build does not get", async () => {
    const second = question("SELECT * FROM orders WHERE user_id + 0 = $1");
    const [first, other] = await answersOf(shop, [byUser, second], { cache: folder, build: "1" });
    expect(first).toMatchObject({ holds: true, sizes: [{ before: "Seq Scan" }, {}, {}] });
    // Ten rows for each user, because the statement's table refers to a table that the statement does not name.
    expect(first?.sizes.at(-1)?.costAfter).toBeLessThan(1000);
    expect(first?.planner).toMatch(/^PostgreSQL 1\d/);
    expect(other?.holds).toBe(false);
    const kept = (await text("index-plans.json"))?.replaceAll(first?.planner ?? "-", "kept") ?? "";
    await writeOwn(folder, "index-plans.json", kept);
    expect((await answersOf(shop, [byUser], { cache: folder, build: "1" }))[0]?.planner).toBe("kept");
    expect((await answersOf(shop, [byUser], { cache: folder, build: "2" }))[0]?.planner).toMatch(/^PostgreSQL/);
  }, 120_000);

  it("take the first statement that can be planned", async () => {
    const twice = { ...byUser, statements: ["SELECT * FROM nowhere", ...byUser.statements] };
    expect(await answersOf(shop, [twice], { cache: folder, build: "1" })).toMatchObject([{ holds: true }]);
  }, 120_000);
});

describe("answers about a statement that is said otherwise", () => {
  const shopWithIndexes = {
    ...shop,
    tables: shop.tables.map((table) =>
      table.name === "orders"
        ? { ...table, indexes: [index("user_id", "created_at"), index("total")] }
        : { ...table, uniques: [["email"]], indexes: [{ ...index("email"), unique: true }] },
    ),
  };
  const parts = "FROM orders o JOIN users u ON u.id = o.user_id WHERE";
  const rewrite = (statement: string, instead: string): RewriteQuestion => ({ schema: shopWithIndexes, statement, instead });

  it("hold only where it is planned cheaper at every size, beside those about indexes", async () => {
    const orders = tableNamed(shopWithIndexes, "orders") as Table;
    const [split, same, index2, broken] = await answersOf(
      shopWithIndexes,
      [
        rewrite(
          `SELECT o.id ${parts} o.user_id = $1 OR u.email = $2`,
          `SELECT o.id ${parts} o.user_id = $1 UNION ALL SELECT o.id ${parts} u.email = $2 AND (o.user_id = $1) IS NOT TRUE`,
        ),
        rewrite(
          "SELECT id FROM orders WHERE user_id = $1 OR total = $2",
          "SELECT id FROM orders WHERE user_id = $1 UNION ALL SELECT id FROM orders WHERE total = $2 AND (user_id = $1) IS NOT TRUE",
        ),
        { schema: shopWithIndexes, table: orders, index: index("created_at"), statements: ["SELECT * FROM orders WHERE created_at = $1"] },
        rewrite("SELECT id FROM nowhere", "SELECT id FROM orders"),
      ],
      {},
    );
    expect(split).toMatchObject({ holds: true, sizes: [{ rows: 1e4, before: "Seq Scan" }, { rows: 1e6 }, { rows: 1e8 }] });
    expect(same).toMatchObject({ holds: false });
    expect(index2).toMatchObject({ holds: true });
    expect(broken).toMatchObject({ holds: false, sizes: [], why: expect.stringContaining("nowhere") as unknown });
  }, 120_000);
});
