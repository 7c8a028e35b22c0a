import compact from "./compact.ts";
import json from "./json.ts";
import type { Reporter } from "./layout/reporter.ts";
import markdown from "./markdown.ts";
import text from "./text.ts";

/** Every output format by the name that `--format` takes. */
export const reporters = { text, json, markdown, compact } satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
