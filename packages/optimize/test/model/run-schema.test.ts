import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runJsonSchema, runSchema } from "../../src/model/run-schema.ts";
import { sampleRun } from "../run-sample.ts";

it("accepts a Run and names what is wrong with another document", () => {
  expect(runSchema.parse(sampleRun())).toEqual(sampleRun());
  const wrong = runSchema.safeParse({ ...sampleRun(), findings: [{ id: 1 }], extra: true });
  expect(wrong.success).toBe(false);
  expect(wrong.error?.issues.map((issue) => issue.path.join("."))).toContain("findings.0.id");
});

it("is published as docs/run.schema.json (npx vitest run -u writes it)", async () => {
  await expect(runJsonSchema()).toMatchFileSnapshot(fileURLToPath(new URL("../../../../docs/run.schema.json", import.meta.url)));
});
