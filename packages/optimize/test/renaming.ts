/** Sources in which every name that the project itself gives is another one: variables, functions, classes, types and their members. */
import { parseSync } from "oxc-parser";
import { dataLayers } from "../src/languages/data-layers/index.ts";
import { frameworks } from "../src/languages/frameworks/index.ts";
import { renamedPython } from "./renaming-python.ts";
import { platform } from "../src/languages/platform/index.ts";

interface Source {
  readonly file: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Exports that frameworks call by name. */
const conventional = [
  "handler",
  "loader",
  "action",
  "getServerSideProps",
  "getStaticProps",
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "componentDidMount",
  "componentWillUnmount",
  "arguments",
];

let foreign: ReadonlySet<string> | undefined;

/** Names that belong to the language or to a library: every word of the tables counts. */
function foreignNames(): ReadonlySet<string> {
  if (foreign !== undefined) return foreign;
  const names = new Set<string>([...conventional, ...Object.getOwnPropertyNames(globalThis)]);
  for (const builtin of [Array, Object, String, Number, Map, Set, Promise, JSON, Math, Symbol, Date, RegExp, Function, Error, Reflect]) {
    for (const name of Object.getOwnPropertyNames(builtin)) names.add(name);
    for (const name of Object.getOwnPropertyNames("prototype" in builtin ? builtin.prototype : {})) names.add(name);
  }
  const collect = (value: unknown): void => {
    if (typeof value === "string") for (const word of value.split(".")) names.add(word);
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      names.add(key);
      collect(inner);
    }
  };
  for (const library of [...dataLayers, ...frameworks, ...platform]) collect(library);
  foreign = names;
  return names;
}

/** Every source with the project's own names replaced; lines stay where they are. */
export function renamed(sources: readonly Source[]): Source[] {
  const python = sources.filter(({ file }) => file.endsWith(".py"));
  if (python.length > 0) return renamedPython(sources, foreignNames());
  return renamedJavaScript(sources);
}

function renamedJavaScript(sources: readonly Source[]): Source[] {
  // Schemas name what the database has: nothing of them is the program's own to rename.
  const schemas = sources.filter(({ file }) => !/\.[cm]?[jt]sx?$/.test(file));
  const parsed = sources
    .filter((source) => !schemas.includes(source))
    .map(({ file, text }) => ({ file, text, program: parseSync(file, text).program as unknown as Node }));
  const own = new Set<string>();
  const imported = new Set<string>();
  for (const { program } of parsed) {
    visit(program, undefined, "", (node, parent, key) => {
      if (isImportOfPackage(node))
        visit(node, parent, key, (inner) => void (typeof inner["name"] === "string" && imported.add(inner["name"])));
      else if (node.type === "Identifier" && declares(parent, key)) own.add(String(node["name"]));
    });
  }
  const isOwn = (name: string): boolean => own.has(name) && !imported.has(name) && !foreignNames().has(name);
  return [...schemas, ...parsed.map(({ file, text, program }) => ({ file, text: rewrite(text, program, isOwn) }))];
}

/** `import … from "pg"`, `const … = require("pg")`. */
function isImportOfPackage(node: Node): boolean {
  if (node.type === "ImportDeclaration") return !String((node["source"] as Node)["value"]).startsWith(".");
  if (node.type !== "VariableDeclarator") return false;
  const init = node["init"] as Node | null;
  const callee = init?.["callee"] as Node | undefined;
  const specifier = (init?.["arguments"] as readonly Node[] | undefined)?.[0]?.["value"];
  return callee?.["name"] === "require" && typeof specifier === "string" && !specifier.startsWith(".");
}

const naming = new Set([
  "VariableDeclarator",
  "ClassDeclaration",
  "ClassExpression",
  "TSTypeAliasDeclaration",
  "TSInterfaceDeclaration",
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "MethodDefinition",
  "PropertyDefinition",
  "TSParameterProperty",
]);

/** The identifier at `key` of `parent` is where a name is given. */
function declares(parent: Node | undefined, key: string): boolean {
  return parent !== undefined && naming.has(parent.type) && (key === "id" || key === "params" || key === "key" || key === "parameter");
}

function rewrite(text: string, program: Node, isOwn: (name: string) => boolean): string {
  const edits = new Map<number, string>();
  visit(program, undefined, "", (node) => {
    const name = node["name"];
    if ((node.type === "Identifier" || node.type === "PrivateIdentifier") && typeof name === "string" && isOwn(name))
      edits.set(node.start + (node.type === "PrivateIdentifier" ? 1 : 0), name);
  });
  let out = text;
  for (const [start, name] of [...edits].sort((a, b) => b[0] - a[0]))
    out = `${out.slice(0, start + name.length)}Zq${out.slice(start + name.length)}`;
  return out;
}

function visit(node: Node, parent: Node | undefined, key: string, see: (node: Node, parent: Node | undefined, key: string) => void): void {
  see(node, parent, key);
  for (const [name, child] of Object.entries(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one === "object" && one !== null && typeof (one as Node).type === "string") visit(one as Node, node, name, see);
    }
  }
}
