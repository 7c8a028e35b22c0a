import type { CommandEntry } from "../../command.ts";

/** `optimize db <command>`: one file each beside this one. */
export const dbCommands: Readonly<Record<string, CommandEntry>> = {
  schema: { summary: "Print the tables, keys and indexes that were read, and from where", load: () => import("./schema.ts") },
};
