/** A load result as text, one format a file. */
import type { LoadResult } from "../../model/load.ts";
import { cleanJson } from "../layout/sanitise.ts";
import type { Paint } from "../layout/style.ts";
import { hdrLog } from "./hdr-log.ts";
import { loadMarkdown } from "./markdown.ts";
import { prometheusText } from "./prometheus.ts";
import { loadText } from "./text.ts";

export const loadFormats: Readonly<Record<string, (result: LoadResult, paint: Paint) => string>> = {
  text: loadText,
  json: (result) => cleanJson(`${JSON.stringify(result)}\n`),
  markdown: loadMarkdown,
  prometheus: prometheusText,
  hdr: hdrLog,
};
