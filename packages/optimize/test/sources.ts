/** The sources of this package as tests about them need them. */
import { readdirSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";

export const packageRoot = fileURLToPath(new URL("../", import.meta.url));

export interface SourceFacts {
  /** Relative to src, `/`-separated. */
  readonly file: string;
  readonly imports: readonly { readonly specifier: string; readonly typeOnly: boolean }[];
  /** `console.log`, `process.exit` ... with their lines. */
  readonly members: readonly { readonly name: string; readonly line: number }[];
}

/** Paths of the files of a folder of this package with an ending, relative to it, sorted. */
export function filesOf(folder: string, ending: string): string[] {
  return readdirSync(packageRoot + folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(ending) && !file.includes("node_modules/"))
    .sort();
}

/** What a TypeScript file imports, exports from and asks of the process. */
export function factsOf(folder: string, file: string): SourceFacts {
  const text = readFileSync(`${packageRoot}${folder}/${file}`, "utf8");
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const imports = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
  }));
  for (const statement of module.staticExports) {
    for (const entry of statement.entries)
      if (entry.moduleRequest !== null) imports.push({ specifier: entry.moduleRequest.value, typeOnly: entry.isType });
  }
  const members: { name: string; line: number }[] = [];
  new Visitor({
    ImportExpression(node) {
      if (node.source.type === "Literal" && typeof node.source.value === "string")
        imports.push({ specifier: node.source.value, typeOnly: false });
    },
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier" || node.computed) return;
      members.push({ name: `${node.object.name}.${node.property.name}`, line: text.slice(0, node.start).split("\n").length });
    },
  }).visit(program);
  return { file, imports, members };
}
