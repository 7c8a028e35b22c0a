import type { CommandEntry } from "../../command.ts";

/** `optimize load <url|scenario>`, and what else its first word may be. */
export const loadCommands: CommandEntry = {
  summary: "Load a service, and say how fast it answers and whether that can be believed",
  load: () => import("./run.ts"),
  parts: {
    init: { summary: "Write a scenario from routes, OpenAPI, a recording or a log", load: () => import("./init.ts") },
    merge: { summary: "Add results of several machines without loss", load: () => import("./merge.ts") },
    export: { summary: "Write a scenario for k6, its operator, or a Kubernetes job", load: () => import("./export.ts") },
  },
};
