import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { observeCommand } from "../../src/collectors/command.ts";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import { temporaryFolder } from "../temporary.ts";
import { agent } from "./observed.ts";

const program = `function waste() { const out = []; for (let i = 0; i < 2000; i += 1) out.push({ text: "x" + i }); return out.length; }
function sparing() { let sum = 0; for (let i = 0; i < 2000; i += 1) sum += i; return sum; }
function parse() { return JSON.parse(text).length; }
const text = JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id })));
let round = 0;
const next = () => { waste(); sparing(); parse(); if ((round += 1) < 300) setImmediate(next); };
next();
module.exports = { next, waste, sparing, parse };`;

async function allocated(heap: boolean): Promise<[string | undefined, number][]> {
  const root = temporaryFolder({ "main.cjs": program });
  const raw = join(root, "raw");
  mkdirSync(raw);
  const command = [process.execPath, "main.cjs"];
  const ended = await observeCommand({
    command,
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "" },
    agent,
    raw,
    heap,
    quiet: true,
    onStart: () => undefined,
  });
  const rest = { id: "x", root, raw, command, startedAt: "", seconds: 1, underLoad: false };
  const { evidence, failures } = evidenceSetOf({ ...rest, ...ended });
  expect(failures).toEqual([]);
  return evidence.flatMap((one) => (one.kind === "allocation" ? [[one.place.function, one.share] as [string | undefined, number]] : []));
}

it("allocations are told by function when they are asked for, those of builtins with who calls them", async () => {
  const found = await allocated(true);
  expect(new Set(found.map(([name]) => name))).toEqual(new Set(["parse", "waste"]));
  expect(await allocated(false)).toEqual([]);
});
