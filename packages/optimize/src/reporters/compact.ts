import type { Reporter } from "./layout/reporter.ts";
import { clean } from "./layout/sanitise.ts";

/** One line a finding, for editors and grep: `path:line:column severity rule message`. */
const compact: Reporter = (run) =>
  run.findings
    .map(
      ({ site, severity, rule, message }) =>
        `${clean(site.file)}:${site.line}:${site.column ?? 1} ${severity} ${clean(rule)} ${clean(message)}\n`,
    )
    .join("");

export default compact;
