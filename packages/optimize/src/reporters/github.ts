import type { Severity } from "../model/finding.ts";
import type { Reporter } from "./layout/reporter.ts";
import { clean } from "./layout/sanitise.ts";
import { counted } from "./layout/words.ts";

/** GitHub shows ten annotations of a level for a step, and drops the others without a word. */
const shown = 10;

const commands: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "notice" };

/** Annotations of GitHub Actions for the findings that matter most; the rest is counted. */
const github: Reporter = (run) => {
  const lines = run.findings.slice(0, shown).map(({ site, severity, rule, message, advice }) => {
    const properties = {
      file: site.file,
      line: String(site.line),
      ...(site.endLine === undefined ? {} : { endLine: String(site.endLine) }),
      title: rule,
    };
    const words = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
    return `::${commands[severity]} ${words.join(",")}::${data(`${message} ${advice}`)}`;
  });
  const left = run.findings.length - lines.length;
  if (left > 0) lines.push(`${counted(left, "further finding")}: optimize scan --all`);
  return lines.length === 0 ? "optimize: no finding\n" : `${lines.join("\n")}\n`;
};

export default github;

/** The value of a workflow command: what would end it, or begin another, is encoded. */
function data(text: string): string {
  return clean(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
