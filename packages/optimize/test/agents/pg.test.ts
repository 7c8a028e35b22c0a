import { describe, expect, it } from "vitest";
import { lineOf, observed } from "./observed.ts";

const shop = (...args: string[]): ReturnType<typeof observed> => observed([process.execPath, "shop.cjs", ...args]);
const at = (text: string): string => `shop.cjs:${lineOf("shop.cjs", text)}`;

describe("statements of node-postgres", () => {
  it("are tied to the request and the line that asked, through a pool whose clients are shared", async () => {
    const counts = Array.from({ length: 12 }, (_, index) => index + 5);
    const { of, set } = await shop("together", ...counts.map((count) => `/loop/${count}`));
    expect(set.failures).toEqual([]);
    expect(of("request").map(({ route, count, statements }) => [route, count, statements.min, statements.max])).toEqual([
      ["GET /loop/:id", 12, 6, 17],
    ]);
    const [repetition, ...others] = of("n+1");
    expect(others).toEqual([]);
    expect(repetition).toMatchObject({
      tier: "proven",
      scopes: 12,
      growth: counts.map((count) => [count, count]),
      origin: { column: "customer_id" },
    });
    expect(`${repetition?.place?.file}:${repetition?.place?.line}`).toBe(at("from customers where id = $1"));
    expect(`${repetition?.origin?.place?.file}:${repetition?.origin?.place?.line}`).toBe(at('await pool.query("select id, customer_id'));
  });

  it.each([
    ["parallel", "from clients where"],
    ["hops", "from buyers where"],
    ["callback", "from people where"],
    ["client", "update orders set seen"],
  ])("are seen as N+1 with their line: %s", async (route, text) => {
    const { of } = await shop("together", `/${route}/6`, `/${route}/9`);
    expect(of("request")).toMatchObject([{ count: 2, failed: 0 }]);
    const found = of("n+1");
    expect(found.map(({ tier, scopes, place }) => [tier, scopes, `${place?.file}:${place?.line}`])).toEqual([["proven", 2, at(text)]]);
  });

  it.each(["batch/9", "retry/0", "polling/0", "pages/0", "written/0"])("are no N+1 and no duplicate: %s", async (route) => {
    const { of } = await shop("one", `/${route}`, `/${route}`);
    expect(of("request")).toMatchObject([{ count: 2, failed: 0 }]);
    expect([...of("n+1"), ...of("duplicate")]).toEqual([]);
  });

  it("are duplicates when nothing was written in between", async () => {
    const { of } = await shop("one", "/twice/0", "/twice/1");
    const line = lineOf("shop.cjs", "twice: async");
    expect(of("duplicate").map(({ tier, requests, places }) => [tier, requests, places.map((place) => place.line)])).toEqual([
      ["proven", 2, [line + 1, line + 2]],
    ]);
  });

  it("leave no value behind, bound or written into the text", async () => {
    const { written, of } = await shop("one", "/inline/0", "/written/0", "/loop/5");
    expect(of("statement").map(({ shape }) => shape)).toContain("select name from settings where name = ? and id = ?");
    const text = written().replaceAll(/^\["frame".*$/gm, "");
    for (const secret of ["inline-secret", "424242", "bound-secret", "secret-name"]) expect(text).not.toContain(secret);
  });
});
