import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readRun } from "../../../engine/kept-run.ts";
import { writeWhole } from "../../../engine/store.ts";
import { fromOpenApi } from "../../../load/import/open-api.ts";
import { fromAccessLog, fromHar } from "../../../load/import/recorded.ts";
import { fromRoutes } from "../../../load/import/routes.ts";
import { scenarioText, type Found } from "../../../load/import/written.ts";
import { OptimizeError } from "../../../model/errors.ts";
import { clean } from "../../../reporters/layout/sanitise.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import type { Terminal } from "../../terminal.ts";

const usualFile = "load.jsonc";
const usualTarget = "http://localhost:3000";

const command: Command = {
  name: "load init",
  positionals: ["[path]"],
  flags: {
    target: { type: "string", value: "url", help: `Where the service listens (default: ${usualTarget})` },
    openapi: { type: "string", value: "file", help: "Take the requests from an OpenAPI 3 description (JSON)" },
    har: { type: "string", value: "file", help: "Take them from a browser's recording, without cookies and credentials" },
    "access-log": { type: "string", value: "file", help: "Take them from a web server's log, as often as they were made" },
    output: { type: "string", value: "file", help: `Where the scenario is written (default: ${usualFile})` },
    force: { type: "boolean", help: "Write over a file that is there" },
  },
  examples: [
    ["optimize scan > /dev/null; optimize load init", "GET routes of this project, as the last scan found them"],
    ["optimize load init --openapi openapi.json --target http://localhost:8000", "what the description tells, with its examples"],
  ],
  run,
};

export default command;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const root = resolve(terminal.cwd, args.positionals[0] ?? ".");
  const found = foundIn(args, root, terminal);
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

function foundIn(args: Arguments, root: string, terminal: Terminal): Found & { readonly target?: string } {
  const [openapi, har, log] = [args.text("openapi"), args.text("har"), args.text("access-log")];
  if ([openapi, har, log].filter((one) => one !== undefined).length > 1)
    throw new OptimizeError("usage", "one source at a time: --openapi, --har or --access-log");
  if (openapi !== undefined) return need(fromOpenApi(jsonAt(openapi, terminal)), openapi, "no OpenAPI 3 description");
  if (har !== undefined) return need(fromHar(jsonAt(har, terminal)), har, "no recording of a browser (HAR)");
  if (log !== undefined) return need(fromAccessLog(textAt(log, terminal)), log, "no access log in the common or combined format");
  const kept = readRun(root);
  if (kept === undefined || kept === "unreadable")
    throw new OptimizeError("not-found", "no scan of this project is kept", {
      hint: "run optimize first, or name a source: --openapi, --har, --access-log",
    });
  return fromRoutes(kept.formulas.filter(({ kind }) => kind === "route").map(({ name }) => name));
}

function need<T>(found: T | undefined, file: string, what: string): T {
  if (found === undefined) throw new OptimizeError("usage", `${file} is ${what}`);
  return found;
}

function textAt(file: string, terminal: Terminal): string {
  try {
    return readFileSync(resolve(terminal.cwd, file), "utf8");
  } catch (cause) {
    throw new OptimizeError("not-found", `${file} cannot be read`, { cause });
  }
}

function jsonAt(file: string, terminal: Terminal): unknown {
  const text = textAt(file, terminal);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OptimizeError("usage", `${file} is no JSON`, {
      cause,
      hint: /\.ya?ml$/i.test(file) ? "convert it first: npx js-yaml openapi.yaml > openapi.json" : "is it the right file?",
    });
  }
}
