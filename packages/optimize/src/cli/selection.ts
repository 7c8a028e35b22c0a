import type { Run } from "../model/finding.ts";
import { readingOrder } from "../model/finding.ts";
import type { Arguments } from "./args.ts";

/** Narrows a Run to what `--changed` and `--new-only` ask for; `counts` stay those of the whole scan. */
export async function select(run: Run, root: string, args: Arguments): Promise<Run> {
  let selected = run;
  if (args.has("new-only")) {
    const { onlyNew, readBaseline } = await import("../guard/baseline.ts");
    selected = onlyNew(selected, readBaseline(root));
  }
  if (args.has("changed")) {
    const { changedFiles } = await import("../engine/changed-files.ts");
    const changed = new Set((await changedFiles(root, args.text("changed"))).changed);
    selected = {
      ...selected,
      findings: selected.findings.filter(
        (finding) => changed.has(finding.site.file) || readingOrder(finding).some(({ file }) => changed.has(file)),
      ),
    };
  }
  return selected;
}
