import type { Finding, Run } from "../model/finding.ts";
import type { Reporter } from "./layout/reporter.ts";
import { clean } from "./layout/sanitise.ts";
import { impactText } from "./layout/words.ts";

/** JUnit's XML as build servers read it: a suite for each rule, a failed case for each finding; files that could not be read are errors. */
const junit: Reporter = (run) => {
  const byRule = new Map<string, Finding[]>();
  for (const finding of run.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const suites = [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([rule, findings]) => suite(rule, findings.map(caseOf), findings.length, 0));
  if (run.failures.length > 0) suites.push(...suite("files that could not be read", errorsOf(run), 0, run.failures.length));
  if (suites.length === 0) suites.push(...suite("optimize", ['    <testcase classname="optimize" name="no finding"/>'], 0, 0));
  const all = Math.max(1, run.findings.length + run.failures.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="optimize" tests="${String(all)}" failures="${String(run.findings.length)}" errors="${String(run.failures.length)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
};

export default junit;

function suite(name: string, cases: readonly string[], failures: number, errors: number): string[] {
  return [
    `  <testsuite name="${escape(name)}" tests="${String(cases.length)}" failures="${String(failures)}" errors="${String(errors)}">`,
    ...cases,
    "  </testsuite>",
  ];
}

function caseOf({ rule, site, message, advice, severity, impact, id }: Finding): string {
  const place = `${site.file}:${String(site.line)}`;
  return [
    `    <testcase classname="${escape(rule)}" name="${escape(`${place} ${id}`)}" file="${escape(site.file)}" line="${String(site.line)}">`,
    `      <failure type="${severity}" message="${escape(message)}">${escape(`${place}: ${message} ${advice} (${impactText(impact)})`)}</failure>`,
    "    </testcase>",
  ].join("\n");
}

function errorsOf(run: Run): string[] {
  return run.failures.map(
    ({ file, code, message }) =>
      `    <testcase classname="${escape(code)}" name="${escape(file === "" ? code : file)}"><error type="${escape(code)}" message="${escape(message)}"/></testcase>`,
  );
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Characters that XML does not allow are made visible by `clean`, all but two. */
function escape(text: string): string {
  return clean(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
