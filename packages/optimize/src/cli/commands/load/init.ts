import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { writeWhole } from "../../../engine/store.ts";
import { scenarioText } from "../../../load/import/written.ts";
import { OptimizeError } from "../../../model/errors.ts";
import { clean } from "../../../reporters/layout/sanitise.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { requestsIn, sourceFlags } from "../../load-sources.ts";
import type { Terminal } from "../../terminal.ts";

const usualFile = "load.jsonc";
const usualTarget = "http://localhost:3000";

const command: Command = {
  name: "load init",
  positionals: ["[path]"],
  flags: {
    target: { type: "string", value: "url", help: `Where the service listens (default: ${usualTarget})` },
    ...sourceFlags,
    output: { type: "string", value: "file", help: `Where the scenario is written (default: ${usualFile})` },
    force: { type: "boolean", help: "Write over a file that is there" },
  },
  examples: [
    ["optimize scan > /dev/null; optimize load init", "GET routes of this project, as the last scan found them"],
    ["optimize load init --examples access.log", "the same, with values for /orders/:id that were asked for"],
    ["optimize load init --openapi openapi.yaml --target http://localhost:8000", "what the description tells, with its examples"],
  ],
  run,
};

export default command;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const root = resolve(terminal.cwd, args.positionals[0] ?? ".");
  const found = await requestsIn(args, root, terminal);
  if (found.requests.length === 0) {
    throw new OptimizeError("not-found", "there is no request that changes nothing", {
      hint: found.leftOut.slice(0, 3).join("; ") || "optimize routes shows what was found",
    });
  }
  const output = resolve(terminal.cwd, args.text("output") ?? usualFile);
  const shown = args.text("output") ?? usualFile;
  if (existsSync(output) && !args.has("force"))
    throw new OptimizeError("usage", `${shown} is there already`, { hint: "--force writes over it, --output names another file" });
  writeWhole(output, scenarioText(args.text("target") ?? found.target ?? usualTarget, found));
  terminal.out(
    `${shown}: ${found.requests.length} requests${found.leftOut.length > 0 ? `, ${found.leftOut.length} left out (the file says why)` : ""}\n`,
  );
  if (found.open.length > 0) terminal.out(`give ${found.open.map(clean).join(", ")} a value in it, then: optimize load ${shown}\n`);
  else terminal.out(`next: optimize load ${shown}\n`);
  return 0;
}
