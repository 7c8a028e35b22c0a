import { expect, it } from "vitest";
import type { LoadResult } from "../../src/model/load.ts";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

it("a request that a load run sampled is found by its trace, and any other keeps its own to itself", async () => {
  const [sampled, unsampled] = ["ab".repeat(16), "cd".repeat(16)];
  const cwd = temporaryFolder({
    "main.cjs": `const http = require("http");
const server = http.createServer((request, response) => response.end("x")).listen(0, "127.0.0.1", async () => {
  for (const traceparent of ["00-${sampled}-0123456789abcdef-01", "00-${unsampled}-0123456789abcdef-00", "secret-of-somebody", undefined])
    await new Promise((resolve) => http.get({ port: server.address().port, path: "/", ...(traceparent === undefined ? {} : { headers: { traceparent } }) }, (answer) => answer.resume().on("end", resolve)));
  server.close();
});`,
  });
  const slowest = [sampled, unsampled].map((trace) => ({ endpoint: "GET /", trace, latency: 5 }));
  const loads = [{ model: "", verdict: "passed", endpoints: [], slowest } as unknown as LoadResult];
  const { of, set, written } = await observed([process.execPath, "main.cjs"], { cwd, loads });
  expect(of("request")).toMatchObject([{ route: "GET /", count: 4 }]);
  expect(of("trace").map(({ trace, route }) => [trace, route])).toEqual([[sampled, "GET /"]]);
  expect(set.environment.circumstance).toBe("load");
  expect(written()).not.toContain(unsampled);
  expect(written()).not.toContain("secret-of-somebody");
});
