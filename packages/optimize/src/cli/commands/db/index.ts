import type { CommandEntry } from "../../command.ts";

/** `optimize db <command>`: one file each beside this one. */
export const dbCommands: Readonly<Record<string, CommandEntry>> = {};
