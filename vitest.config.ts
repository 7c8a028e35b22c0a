import { defineConfig } from "vitest/config";

// `.ci/run` names a file here to count what ran.
const results = process.env["TEST_RESULTS"];

// One module graph for all files (isolate: false) makes the suite many times faster; tests therefore change no module state.
// The `source` condition resolves workspace packages to their sources, so that `npm test` needs no build.
const conditions = ["source", "node", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    // Only against what never ends: a busy machine is no failure.
    testTimeout: 180_000,
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
  },
});
