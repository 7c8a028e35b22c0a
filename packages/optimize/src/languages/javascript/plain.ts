/** TypeScript without its types: for code of our own that goes into projects of JavaScript. Only what types can be erased from. */
import { parseSync, type Node } from "oxc-parser";

type Range = readonly [from: number, to: number];
interface AnyNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const erased = new Set(["TSTypeAnnotation", "TSTypeParameterDeclaration", "TSTypeParameterInstantiation"]);
const declarations = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction", "TSModuleDeclaration"]);
const wrappers = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);
const members = new Set(["PropertyDefinition", "MethodDefinition"]);

/** The same program as JavaScript; comments and layout stay. Throws when it cannot be read. */
export function plainJavaScript(text: string): string {
  const { program, errors } = parseSync("recipe.ts", text);
  if (errors.length > 0) throw new Error(errors[0]?.message ?? "it cannot be read");
  const ranges: Range[] = [];
  walk(program as unknown as AnyNode, text, ranges);
  ranges.sort((a, b) => a[0] - b[0]);
  let [plain, at] = ["", 0];
  for (const [from, to] of ranges) {
    if (to <= at) continue;
    plain += text.slice(at, Math.max(at, from));
    at = to;
  }
  return (plain + text.slice(at)).replace(/,\s+\} from "/g, ' } from "').replace(/\n{3,}/g, "\n\n");
}

function walk(node: AnyNode, text: string, ranges: Range[]): void {
  const own = erasedBy(node, text);
  if (own !== undefined) ranges.push(own);
  if (own !== undefined && own[0] <= node.start && own[1] >= node.end) return;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) walk(child, text, ranges);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as Partial<Node>).type === "string";
}

/** What of a node goes, not counting what its parts say for themselves. */
function erasedBy(node: AnyNode, text: string): Range | undefined {
  const { type, start, end } = node;
  const declared = isNode(node["declaration"]) ? node["declaration"] : node;
  if (declarations.has(declared.type) || node["importKind"] === "type" || node["exportKind"] === "type")
    return type.endsWith("Specifier") ? withComma(text, start, end) : statement(text, start, end, declared.type !== "TSDeclareFunction");
  if (erased.has(type)) return [start, end];
  if (wrappers.has(type) && isNode(node["expression"])) return [node["expression"].end, end];
  if (type === "Identifier" && node["name"] === "this" && isNode(node["typeAnnotation"])) return withComma(text, start, end);
  if (type === "Identifier" && node["optional"] === true) return [start + String(node["name"]).length, end];
  if (members.has(type) && isNode(node["key"])) {
    const before = text.slice(start, node["key"].start);
    const words = /^(?:(?:public|private|protected|readonly|override|declare|abstract)\s+)+/.exec(before)?.[0] ?? "";
    return words === "" ? undefined : [start, start + words.length];
  }
  return undefined;
}

function withComma(text: string, start: number, end: number): Range {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0] ?? "";
  if (after !== "") return [start, end + after.length];
  const before = /,\s*$/.exec(text.slice(0, start))?.[0] ?? "";
  return [start - before.length, end];
}

/** With its line, and with the comment above that speaks of it. */
function statement(text: string, start: number, end: number, commented: boolean): Range {
  const comment = commented ? (/\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(text.slice(0, start))?.[0] ?? "") : "";
  return [start - comment.length, text[end] === "\n" ? end + 1 : end];
}
