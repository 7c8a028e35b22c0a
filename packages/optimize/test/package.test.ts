/** What is added is registered, and every rule has a page that says all that a page says. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsOf, filesOf, packageRoot } from "./sources.ts";

const categories = new Set(["db", "mem", "io", "async", "algo", "fe", "cfg"]);
/** Folders beside the categories hold what several rules ask (`gates/`). */
const isRule = (file: string): boolean => file.split("/").length === 2 && categories.has(file.split("/")[0] ?? "");
const isDirect = (file: string): boolean => file !== "index.ts" && !file.includes("/");

/** Folders whose files are each registered in the folder's own index.ts; deeper ones hold pieces of them. */
const lists: readonly (readonly [folder: string, isListed: (file: string) => boolean])[] = [
  ["src/rules", isRule],
  ["src/languages/data-layers", isDirect],
  ["src/languages/frameworks", isDirect],
  ["src/languages/platform", isDirect],
  ["src/cli/commands", isDirect],
  ["src/reporters", isDirect],
];

describe.each(lists)("%s", (folder, isListed) => {
  it("registers every file in its index.ts", () => {
    const registered = new Set(factsOf(folder, "index.ts").imports.map(({ specifier }) => specifier.replace(/^\.\//, "")));
    const files = filesOf(folder, ".ts").filter(isListed);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !registered.has(file))).toEqual([]);
  });
});

const headings = ["Slow", "Fast", "How it is proved", "Not worth it when"];

describe("rules", () => {
  const rules = filesOf("src/rules", ".ts").filter(isRule);

  it("stand in the folder of their category, under their own id", () => {
    for (const file of rules) expect(readFileSync(`${packageRoot}src/rules/${file}`, "utf8")).toContain(`"${file.slice(0, -3)}"`);
  });

  it.each(rules)("%s has a page with the fixed headings, slow and fast examples", (file) => {
    const path = `${packageRoot}src/rules/${file.replace(/\.ts$/, ".md")}`;
    expect(existsSync(path), "the page is missing").toBe(true);
    expect(pageProblems(readFileSync(path, "utf8"))).toEqual([]);
  });

  it("have no page without a rule", () => {
    expect(filesOf("src/rules", ".md").filter((page) => !rules.includes(page.replace(/\.md$/, ".ts")))).toEqual([]);
  });

  it("would be caught with a page that lacks something", () => {
    const page =
      "# x\n\nLead.\n\n## Slow\n\n```ts\na; // expect: db/x\n```\n\n## Fast\n\n```ts\nb\n```\n\n## How it is proved\n\nSo.\n\n## Not worth it when\n\nNever.\n";
    expect(pageProblems(page)).toEqual([]);
    expect(pageProblems(page.replace("## Fast", "## Faster"))).toEqual([
      "headings are Slow, Faster, How it is proved, Not worth it when",
      "no fast example in ts",
    ]);
    expect(pageProblems(page.replace("// expect: db/x", ""))).toEqual(["no slow example expects a finding"]);
    expect(pageProblems(page.replace("```ts\nb", "```python\nb"))).toEqual(["no fast example in ts", "no slow example in python"]);
    expect(pageProblems(page.replace("Lead.\n", ""))).toEqual(["no lead sentence"]);
  });
});

/** TypeScript and JavaScript are one language here; evidence fences are none. */
const languageOf: Readonly<Record<string, string>> = {
  ts: "ts",
  tsx: "ts",
  js: "ts",
  jsx: "ts",
  mjs: "ts",
  cjs: "ts",
  typescript: "ts",
  javascript: "ts",
  python: "python",
  py: "python",
};

function pageProblems(page: string): string[] {
  const problems: string[] = [];
  const bare = page.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, "");
  const found = [...bare.matchAll(/^## (.+)$/gm)].map((match) => (match[1] ?? "").trim());
  if (found.join() !== headings.join()) problems.push(`headings are ${found.join(", ")}`);
  const lead = bare.slice(0, Math.max(0, bare.indexOf("\n## "))).replace(/^# .*$/m, "");
  if (lead.trim() === "") problems.push("no lead sentence");
  const sections = new Map(sectionsOf(page));
  const slow = languagesOf(sections.get("Slow") ?? "");
  const fast = languagesOf(sections.get("Fast") ?? "");
  for (const language of slow) if (!fast.has(language)) problems.push(`no fast example in ${language}`);
  for (const language of fast) if (!slow.has(language)) problems.push(`no slow example in ${language}`);
  if (slow.size + fast.size === 0) problems.push("no example");
  if (!/expect: /.test(sections.get("Slow") ?? "")) problems.push("no slow example expects a finding");
  return problems;
}

/** Text by heading; a heading inside a fence is code. */
function sectionsOf(page: string): [string, string][] {
  const sections: [string, string][] = [];
  let fence = "";
  for (const line of page.split(/\r?\n/)) {
    const mark = /^(`{3,})/.exec(line)?.[1] ?? "";
    if (fence === "" && mark !== "") fence = mark;
    else if (fence !== "" && mark.length >= fence.length && line.trim() === mark) fence = "";
    else if (fence === "" && line.startsWith("## ")) {
      sections.push([line.slice(3).trim(), ""]);
      continue;
    }
    const last = sections.at(-1);
    if (last !== undefined) last[1] += `${line}\n`;
  }
  return sections;
}

function languagesOf(section: string): Set<string> {
  const tags = [...section.matchAll(/^`{3,}(\w+)/gm)].map((match) => languageOf[match[1] ?? ""]);
  return new Set(tags.filter((tag) => tag !== undefined));
}
