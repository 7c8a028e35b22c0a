import type { CommandEntry } from "../command.ts";
import { loadCommands } from "./load/index.ts";
import { dbCommands } from "./db/index.ts";

/** Every command by name, loaded when it is called; "" is what runs without one. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  "": { summary: "Scan a folder and write the report", load: () => import("./default.ts") },
  scan: { summary: "Scan a folder and print the findings", load: () => import("./scan.ts") },
  routes: { summary: "Print what each route, job and exported function costs", load: () => import("./routes.ts") },
  measure: { summary: "Run a command and tie what it does to the findings", load: () => import("./measure.ts") },
  load: loadCommands,
  diff: { summary: "Print what the work since a commit does to these costs", load: () => import("./diff.ts") },
  db: { summary: "Print and plan with the schema of the project's databases", commands: dbCommands },
  explain: { summary: "Explain a rule, or a finding of the last scan", load: () => import("./explain.ts") },
  suggestions: { summary: "Write a document of suggestions, and add to it what is new", load: () => import("./suggestions.ts") },
  add: { summary: "Add a solution with its test to your repository", load: () => import("./add.ts") },
  baseline: { summary: "Accept the present findings, so that --new-only shows what comes after", load: () => import("./baseline.ts") },
};
