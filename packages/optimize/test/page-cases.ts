/** The cases of a rule's page: its code fences, with the findings that their comments expect. */

export interface PageCase {
  /** "slow 3: One request for each order" */
  readonly name: string;
  readonly section: "Slow" | "Fast";
  readonly sources: readonly { readonly file: string; readonly text: string }[];
  /** "src/a.ts:12 db/n-plus-one", sorted. */
  readonly expected: readonly string[];
  /** First line of the fence's code in the page. */
  readonly line: number;
}

const extensions: Readonly<Record<string, string>> = {
  ts: "ts",
  tsx: "tsx",
  js: "js",
  jsx: "jsx",
  mjs: "mjs",
  cjs: "cjs",
  py: "py",
  python: "py",
};

/** Executable fences of the sections Slow and Fast, in page order; what a fix must produce (`fixed`) is no case. */
export function casesOf(page: string): PageCase[] {
  const cases: PageCase[] = [];
  const lines = page.split("\n");
  let section = "";
  let prose = "";
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    const fence = /^```(\w+)\s*(.*)$/.exec(line);
    if (fence === null) {
      if (line.startsWith("## ")) section = line.slice(3).trim();
      if (line.trim() !== "") prose = line;
      continue;
    }
    const start = i + 1;
    while (i + 1 < lines.length && !(lines[i + 1] ?? "").startsWith("```")) i++;
    const code = lines.slice(start, i + 1);
    i++;
    const extension = extensions[fence[1] ?? ""];
    if (extension === undefined || /\bfixed\b/.test(fence[2] ?? "") || (section !== "Slow" && section !== "Fast")) continue;
    const number = cases.filter((one) => one.section === section).length + 1;
    const sources = filesOf(code, `src/app.${extension}`);
    cases.push({
      name: `${section.toLowerCase()} ${number}: ${prose}`,
      section,
      sources,
      expected: sources.flatMap(expectedIn).sort(),
      line: start + 1,
    });
  }
  return cases;
}

function filesOf(code: readonly string[], alone: string): { file: string; text: string }[] {
  const files: { file: string; lines: string[] }[] = [];
  for (const line of code) {
    const head = /^(?:\/\/|#|--) file: (\S+)$/.exec(line);
    if (head !== null) files.push({ file: head[1] ?? "", lines: [] });
    else if (files.length === 0) files.push({ file: alone, lines: [line] });
    else files[files.length - 1]?.lines.push(line);
  }
  return files.map(({ file, lines }) => ({ file, text: `${lines.join("\n")}\n` }));
}

/** A comment speaks of its own line, or of the next one when it stands alone. */
export function expectedIn({ file, text }: { readonly file: string; readonly text: string }): string[] {
  return text.split("\n").flatMap((line, index) => {
    const comment = /^(.*?)(?:\/\/|#|--) expect: (.+)$/.exec(line);
    if (comment === null) return [];
    const target = index + ((comment[1] ?? "").trim() === "" ? 2 : 1);
    return (comment[2] ?? "").split(",").map((rule) => `${file}:${target} ${rule.trim()}`);
  });
}
