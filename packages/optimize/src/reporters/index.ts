import compact from "./compact.ts";
import github from "./github.ts";
import gitlab from "./gitlab.ts";
import json from "./json.ts";
import junit from "./junit.ts";
import type { Reporter } from "./layout/reporter.ts";
import markdown from "./markdown.ts";
import sarif from "./sarif.ts";
import text from "./text.ts";

/** Every output format by the name that `--format` takes. */
export const reporters = { text, json, markdown, compact, sarif, github, gitlab, junit } satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
