import type { CommandEntry } from "../../command.ts";

/** `optimize db <command>`: one file each beside this one. */
export const dbCommands: Readonly<Record<string, CommandEntry>> = {
  advise: { summary: "Say which indexes a workload needs, and which it does not", load: () => import("./advise.ts") },
  plan: { summary: "Explain a plan, or plan a query without a server", load: () => import("./plan.ts") },
  export: { summary: "Write a server's schema and statistics, without its data, to JSON", load: () => import("./export.ts") },
  queries: { summary: "Print what the program sends to its databases, as SQL", load: () => import("./queries.ts") },
  schema: { summary: "Print the tables, keys and indexes that were read, and from where", load: () => import("./schema.ts") },
};
