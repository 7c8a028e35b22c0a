import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { writeWhole } from "../../../engine/store.ts";
import { k6Script } from "../../../load/export/k6.ts";
import { refusals } from "../../../load/export/k6-options.ts";
import { jobManifest, testRunManifest } from "../../../load/export/kubernetes.ts";
import { planOf } from "../../../load/scenario/plan.ts";
import { readScenario } from "../../../load/scenario/read.ts";
import { withStandard } from "../../../load/thresholds.ts";
import { OptimizeError } from "../../../model/errors.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { limits, numberOf, safetyFlags, thresholdsOf } from "../../load-flags.ts";
import type { Terminal } from "../../terminal.ts";

const command: Command = {
  name: "load export",
  positionals: ["<k6|k6-operator|job>", "<scenario>"],
  flags: {
    machines: { type: "string", value: "number", help: "Pods that share the load (default: 4)" },
    name: { type: "string", value: "text", help: "Name of what is made in the cluster (default: load)" },
    image: { type: "string", value: "name", help: "Image of the job, with optimize in it" },
    output: { type: "string", value: "file", help: "Write it to this file (default: print it)" },
    "allow-host": safetyFlags["allow-host"] as NonNullable<(typeof safetyFlags)[string]>,
    "allow-writes": safetyFlags["allow-writes"] as NonNullable<(typeof safetyFlags)[string]>,
  },
  examples: [
    ["optimize load export k6 load.jsonc > load.js", "a script for k6, with thresholds and executors"],
    ["optimize load export k6-operator load.jsonc --machines 8", "a TestRun of the k6 operator with the script"],
    [
      "optimize load export job load.jsonc --machines 8 --image registry.example.org/optimize",
      "our own runner in pods; their results merge exactly",
    ],
  ],
  run,
};

export default command;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [kind = "", file = ""] = args.positionals;
  if (!["k6", "k6-operator", "job"].includes(kind))
    throw new OptimizeError("usage", `there is no export ${JSON.stringify(kind)}: k6, k6-operator or job`, {
      hint: "optimize load export --help",
    });
  const path = resolve(terminal.cwd, file);
  const document = readScenario(path, file);
  const { plan, setup } = await planOf({
    document,
    path,
    shown: file,
    permissions: { hosts: args.list("allow-host"), writes: args.has("allow-writes") },
    // Secrets are known where it runs.
    env: new Proxy({}, { get: () => "elsewhere" }),
    transport: { insecure: false },
    limits: { mostRequests: limits.requests },
  });
  const machines = numberOf(args, "machines", 1000, true) ?? 4;
  const name = args.text("name") ?? "load";
  if (!/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/.test(name))
    throw new OptimizeError("usage", "--name is made of small letters, digits and dashes");
  const secrets = Object.keys(plan.variables).flatMap((one) => (one.startsWith("env.") ? [one.slice(4)] : []));
  const manifest = { name, machines, secrets };
  let text: string;
  if (kind === "job") {
    if (Object.keys(document.feeders ?? {}).length > 0)
      throw new OptimizeError("usage", "the scenario has feeders: put their files into the image and name them by absolute paths", {
        hint: "a ConfigMap holds the scenario alone",
      });
    const image = args.text("image");
    if (image === undefined) throw new OptimizeError("usage", "--image names the image that the pods run, with optimize in it");
    const more = [
      ...args.list("allow-host").flatMap((host) => ["--allow-host", host]),
      ...(args.has("allow-writes") ? ["--allow-writes"] : []),
    ];
    text = jobManifest(readFileSync(path, "utf8"), ["optimize", "load", "/load/load.jsonc", ...more], image, manifest);
  } else {
    const refused = refusals(plan);
    if (refused.length > 0) {
      throw new OptimizeError("scenario", [`${file} cannot be written for k6:`, ...refused.map((reason) => `  ${reason}`)].join("\n"), {
        hint: "optimize load export job runs it as it is",
      });
    }
    const files = Object.fromEntries(Object.entries(document.feeders ?? {}).map(([one, feeder]) => [one, feeder.file]));
    const script = k6Script(plan, {
      thresholds: withStandard(thresholdsOf(document.thresholds ?? [])),
      abort: document.abortOnFail === true,
      setup,
      files,
    });
    text = kind === "k6" ? script : testRunManifest(script, manifest);
  }
  const output = args.text("output");
  if (output === undefined) terminal.out(text);
  else {
    writeWhole(resolve(terminal.cwd, output), text);
    terminal.err(`${basename(output)} is written\n`);
  }
  return 0;
}
