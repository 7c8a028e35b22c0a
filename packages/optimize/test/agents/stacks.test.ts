import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { agent, plain, programs } from "./observed.ts";

const node = process.execPath;
const settings = (): Record<string, string> => ({
  NODE_OPTIONS: `--require ${agent}`,
  OPTIMIZE_AGENT: JSON.stringify({ out: temporaryFolder(), salt: "s", cpu: true, spans: true }),
});

it("stacks of errors are those of the program: while modules are loaded, in requests, out of what is observed", async () => {
  const alone = await plain([node, "stacks.cjs"], programs, { PLACE: temporaryFolder() });
  const observed = await plain([node, "stacks.cjs"], programs, { PLACE: temporaryFolder(), ...settings() });
  expect(alone.code).toBe(0);
  expect(alone.out.match(/^[\w. ]+: /gm)).toHaveLength(11);
  expect(observed.out).toBe(alone.out);
});
