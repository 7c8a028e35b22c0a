import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const source = {
  file: "src/worker.ts",
  text: `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function handle(ids: string[]) {
  for (const id of ids) await prisma.order.findMany({ where: { userId: id } });
}
`,
};
const other = {
  file: "src/app.ts",
  text: `import express from "express";
express().get("/health", (req, res) => res.json({}));
`,
};

describe("entry points that the settings name", () => {
  test("make what they reach likely", async () => {
    const without = await analyzeSources([source, other]);
    expect(without.findings.map((finding) => [finding.rule, finding.tier])).toContainEqual(["db/n-plus-one", "candidate"]);
    const named = await analyzeSources([source, other], { entryPoints: ["src/worker.ts#handle"] });
    const finding = named.findings.find((one) => one.rule === "db/n-plus-one");
    expect(finding?.tier).toBe("likely");
    expect(finding?.routes).toEqual(["event src/worker.ts#handle"]);
  });

  test("that are not there are said", async () => {
    const { failures } = await analyzeSources([source], { entryPoints: ["src/gone.ts", "src/worker.ts#nothing"] });
    expect(failures.map((failure) => failure.code)).toEqual(["config", "config"]);
  });
});
