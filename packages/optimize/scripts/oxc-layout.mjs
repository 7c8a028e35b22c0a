/**
 * Writes src/languages/javascript/layout.ts: where the nodes of the pinned oxc-parser keep their fields in the buffer that
 * the native side fills. Read from the parser's own generated deserialiser; run it after every change of the parser's
 * version: `node packages/optimize/scripts/oxc-layout.mjs`, then the tests (they compare with plain trees).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const source = readFileSync(require.resolve("oxc-parser/src-js/generated/deserialize/ts.js"), "utf8");
const { version } = JSON.parse(readFileSync(require.resolve("oxc-parser/package.json"), "utf8"));
const tree = readFileSync(new URL("../src/languages/javascript/tree.ts", import.meta.url), "utf8");

const fields = new Set([...tree.slice(0, tree.indexOf("export interface Comment")).matchAll(/^ {2}readonly (\w+)\??:/gm)].map((m) => m[1]));
for (const own of ["type", "start", "end", "raw", "params"]) fields.delete(own);
const functions = new Map([...source.matchAll(/\nfunction deserialize(\w+)\(pos[^)]*\) \{\n([\s\S]*?)\n\}/g)].map((m) => [m[1], m[2]]));

/** What no pattern reads: fields that the deserialiser computes. */
const special = {
  Program: { type: "Program", body: "Two:Directive:Statement@88" },
  FunctionBody: { type: "BlockStatement", body: "Two:Directive:Statement@16" },
  TSModuleBlock: { type: "TSModuleBlock", body: "Two:Directive:Statement@16" },
  Function: { params: "Params@64" },
  ArrowFunctionExpression: { params: "Params@24" },
  TSCallSignatureDeclaration: { params: "Params@32" },
  TSMethodSignature: { params: "Params@48" },
  TSConstructSignatureDeclaration: { params: "Params@24" },
  TSFunctionType: { params: "Params@32" },
  TSConstructorType: { params: "Params@24" },
  TSTypeParameterInstantiation: { params: "Vec:TSType@16" },
  TSTypeParameterDeclaration: { params: "Vec:TSTypeParameter@16" },
  ArrayPattern: { elements: "Rest:OptionBindingPattern:BindingRestElement@16" },
  ObjectPattern: { properties: "Rest:BindingProperty:BindingRestElement@16" },
  ArrayAssignmentTarget: { elements: "Rest:OptionAssignmentTargetMaybeDefault:AssignmentTargetRest@16" },
  ObjectAssignmentTarget: { properties: "Rest:AssignmentTargetProperty:AssignmentTargetRest@16" },
  VariableDeclarator: { id: "Annotated@16" },
  CatchClause: { param: "OptionAnnotated@32" },
  Class: { superTypeArguments: "OptionBox:TSTypeParameterInstantiation@96" },
  AssignmentTargetPropertyIdentifier: { type: "Property", value: "Shorthand@16" },
  TemplateElement: { type: "TemplateElement", value: "Quasi@12" },
  BooleanLiteral: { type: "Literal", value: "Bool@12" },
  NullLiteral: { type: "Literal", value: "Null@0" },
  NumericLiteral: { type: "Literal", value: "F64@32" },
  StringLiteral: { type: "Literal", value: "Text@12" },
  BigIntLiteral: { type: "Literal", bigint: "Str@16" },
  RegExpLiteral: { type: "Literal", regex: "RegExp@16" },
  ImportMeta: { type: "MetaProperty", meta: "Word:import@0", property: "Word:meta@0" },
  NewTarget: { type: "MetaProperty", meta: "Word:new@0", property: "Word:target@0" },
  TSEnumMember: { computed: "Above1@16" },
  ExportDeclaration: { type: "ExportNamedDeclaration", declaration: "Declaration@16" },
  TSExternalModuleDeclaration: {
    type: "TSModuleDeclaration",
    id: "StringLiteral@16",
    body: "OptionBox:TSModuleBlock@64",
    declare: "Bool@72",
  },
  TSNamespaceDeclaration: {
    type: "TSModuleDeclaration",
    id: "BindingIdentifier@16",
    body: "TSNamespaceDeclarationBody@48",
    declare: "Bool@65",
  },
  TSGlobalDeclaration: { type: "TSModuleDeclaration" },
  TSClassImplements: { expression: "TSTypeName@16" },
  TSInterfaceHeritage: { expression: "TSTypeName@16" },
  Directive: { directive: "Str@64" },
  ImportDeclaration: { specifiers: "OptionVec:ImportDeclarationSpecifier@16" },
  StaticBlock: { body: "Vec:Statement@16" },
};

const structs = [];
const enums = [];
const words = [];
const strides = [];
const wanted = new Set();

/** `OptionBoxX` -> `OptionBox:X`; the element of a `Vec` has a stride. */
function reader(name) {
  if (name.startsWith("OptionVec")) return `OptionVec:${element(name.slice(9))}`;
  if (name.startsWith("Vec")) return `Vec:${element(name.slice(3))}`;
  if (name.startsWith("OptionBox")) return `OptionBox:${name.slice(9)}`;
  if (name.startsWith("Box")) return `Box:${name.slice(3)}`;
  return name;
}

function element(name) {
  const body = functions.get(`Vec${name}`);
  const stride = body === undefined ? undefined : (/pos \+= (\d+)/.exec(body)?.[1] ?? undefined);
  if (stride !== undefined && !strides.includes(`${name}:${stride}`)) strides.push(`${name}:${stride}`);
  return name;
}

for (const [name, body] of functions) {
  if (/^(Option)?(Vec|Box)/.test(name)) continue;
  const cases = [...body.matchAll(/case (\d+):\s+(?:let \w+ = |return )deserialize(Box)?(\w+)\(pos \+ 8\)/g)];
  const texts = [...body.matchAll(/case (\d+):\s+return "([^"]*)";/g)];
  if (body.trim().startsWith("switch") && cases.length > 0) {
    const list = cases.map(
      ([, code, boxed, kind]) =>
        `${code}:${boxed ? "*" : ""}${name.startsWith("JSX") && kind === "IdentifierReference" && name !== "JSXExpression" ? "JSXReference" : name.startsWith("JSX") && kind === "ThisExpression" && name !== "JSXExpression" ? "JSXThis" : kind}`,
    );
    enums.push(`${name} ${list.join(" ")}`);
  } else if (texts.length > 0 && body.trim().startsWith("switch")) words.push(`${name} ${texts.map((m) => m[2]).join(",")}`);
}

for (const [name, body] of functions) {
  const own = special[name] ?? {};
  const type =
    own.type ??
    /type: "(\w+)"/.exec(body)?.[1] ??
    (/type: deserialize(\w+Type)\(pos \+ (\d+)\)/.exec(body)?.slice(1).join("@") || undefined);
  if (
    type === undefined ||
    /^(Option)?(Vec|Box)/.test(name) ||
    body.trim().startsWith("switch") ||
    name === "Comment" ||
    name.startsWith("FormalParameter") ||
    name === "CatchParameter"
  )
    continue;
  const found = new Map();
  for (const [, field, read, offset] of body.matchAll(/(\w+)(?::| =) deserialize(\w+)\(pos(?: \+ (\d+))?\)/g)) {
    if (fields.has(field) && !found.has(field)) found.set(field, `${reader(read)}@${offset ?? 0}`);
  }
  for (const [field, value] of Object.entries(own)) if (field !== "type") found.set(field, value);
  for (const constant of ["computed", "shorthand", "prefix"])
    if (!found.has(constant) && new RegExp(`${constant}: true`).test(body)) found.set(constant, "True@0");
  if (!found.has("kind") && /kind: "init"/.test(body)) found.set("kind", "Init@0");
  if (name === "PrivateInExpression") found.set("operator", "In@0");
  for (const value of found.values()) for (const part of value.split("@")[0].split(":").slice(1)) wanted.add(part);
  structs.push(`${name} ${type} ${[...found].map(([field, value]) => `${field}=${value}`).join(" ")}`.trim());
}
structs.push(
  "Elision Elision",
  "JSXReference JSXIdentifier name=Str@16",
  "JSXThis JSXIdentifier name=This@0",
  "ShorthandDefault AssignmentPattern left=IdentifierReference@16 right=Expression@48",
);
for (const name of wanted) element(name);

const text = `/** Where nodes keep their fields; written by scripts/oxc-layout.mjs, read by buffer.ts. */

/** The version of oxc-parser that lays its nodes out like this. */
export const layoutVersion = ${JSON.stringify(version)};

/** Name, type (or the discriminant that tells it), fields as \`name=reader@offset\`. */
export const structs: readonly string[] = [
${structs.map((line) => `  ${JSON.stringify(line)},`).join("\n")}
];

/** Name, then \`discriminant:struct\`; \`*\` for structs behind a pointer. */
export const enums: readonly string[] = [
${enums.map((line) => `  ${JSON.stringify(line)},`).join("\n")}
];

/** Name, then the words of its discriminants. */
export const words: readonly string[] = [
${words.map((line) => `  ${JSON.stringify(line)},`).join("\n")}
];

/** Bytes from one element of a list to the next. */
export const strides = ${JSON.stringify(strides.join(" "))};
`;
writeFileSync(new URL("../src/languages/javascript/layout.ts", import.meta.url), text);
