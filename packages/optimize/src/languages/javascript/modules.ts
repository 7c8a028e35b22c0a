/** Imports and exports. */
import type { Export, ImportSource } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { defineClass, reserveClass } from "./classes.ts";
import { expression } from "./expressions.ts";
import { functionValue } from "./functions.ts";
import { eitherSpace, valueSpace } from "./lowering.ts";
import type { BindingDraft, Lowering } from "./lowering.ts";
import { pattern } from "./patterns.ts";
import { declare, refer } from "./scope.ts";
import { classDeclaration, functionDeclaration } from "./declarations.ts";
import { statement } from "./statements.ts";
import { inner, moduleName, must, nameOf, noNodes } from "./tree.ts";
import type { Node } from "./tree.ts";

/** Lowers a statement that only modules have. */
export function moduleStatement(c: Lowering, node: Node): void {
  switch (node.type) {
    case "ImportDeclaration":
      imports(c, node);
      break;
    case "ExportNamedDeclaration":
      exportsNamed(c, node);
      break;
    case "ExportDefaultDeclaration":
      exportsDefault(c, must(node.declaration));
      break;
    case "ExportAllDeclaration":
      exportsAll(c, node);
      break;
    case "TSImportEqualsDeclaration":
      importEquals(c, node);
      break;
    case "TSExportAssignment":
      exportAssignment(c, node);
      break;
    default:
      // `export as namespace X` and whatever else declares nothing.
      break;
  }
}

function specifierOf(node: Node): string {
  return String(must(node.source).value);
}

function imports(c: Lowering, node: Node): void {
  const specifier = specifierOf(node);
  const wholeTypeOnly = node.importKind === "type";
  const specifiers = node.specifiers ?? noNodes;
  let used = specifiers.length === 0;
  for (const one of specifiers) {
    const typeOnly = wholeTypeOnly || one.importKind === "type";
    if (!typeOnly) used = true;
    const name =
      one.type === "ImportDefaultSpecifier" ? "default" : one.type === "ImportNamespaceSpecifier" ? "*" : moduleName(must(one.imported));
    importBinding(c, nameOf(must(one.local)), { specifier, name, typeOnly });
  }
  if (used && !wholeTypeOnly) c.imports.add(specifier);
}

function importBinding(c: Lowering, name: string, from: ImportSource): void {
  const draft = c.bindings[declare(c, name, "import")] as BindingDraft;
  draft.kind = "import";
  draft.from = from;
}

/** Notes an export whose binding is known when the module scope closes. */
function exportName(c: Lowering, exported: string, local: string): void {
  const entry = { name: exported, binding: -1 };
  c.exports.push(entry);
  refer(c, entry, local, eitherSpace);
}

function exportsNamed(c: Lowering, node: Node): void {
  const declaration = node.declaration;
  if (declaration !== null && declaration !== undefined) {
    statement(c, declaration);
    for (const name of declaredNames(declaration)) exportName(c, name, name);
    return;
  }
  const typeOnly = node.exportKind === "type";
  if (node.source === null || node.source === undefined) {
    for (const one of node.specifiers ?? noNodes) exportName(c, moduleName(must(one.exported)), moduleName(must(one.local)));
    return;
  }
  const specifier = specifierOf(node);
  const specifiers = node.specifiers ?? noNodes;
  let used = specifiers.length === 0;
  for (const one of specifiers) {
    const only = typeOnly || one.exportKind === "type";
    if (!only) used = true;
    c.exports.push({ name: moduleName(must(one.exported)), from: { specifier, name: moduleName(must(one.local)), typeOnly: only } });
  }
  if (used && !typeOnly) c.imports.add(specifier);
}

/** Names that an exported declaration declares. */
export function declaredNames(node: Node): string[] {
  if (node.declare === true && node.type !== "TSInterfaceDeclaration" && node.type !== "TSTypeAliasDeclaration") return [];
  if (node.type === "VariableDeclaration") {
    const names: string[] = [];
    for (const declarator of node.declarations ?? noNodes) patternNames(must(declarator.id), names);
    return names;
  }
  let id = node.id;
  if (node.type === "TSDeclareFunction" || id === null || id === undefined) return [];
  while (id.type === "TSQualifiedName") id = must(id.left);
  return id.type === "Identifier" ? [nameOf(id)] : [];
}

function patternNames(node: Node, names: string[]): void {
  switch (node.type) {
    case "Identifier":
      names.push(nameOf(node));
      break;
    case "ObjectPattern":
      for (const property of node.properties ?? noNodes)
        patternNames(property.type === "RestElement" ? must(property.argument) : must(property.value as Node), names);
      break;
    case "ArrayPattern":
      for (const element of node.elements ?? noNodes) if (element !== null) patternNames(element, names);
      break;
    case "AssignmentPattern":
      patternNames(must(node.left), names);
      break;
    case "RestElement":
      patternNames(must(node.argument), names);
      break;
    default:
      break;
  }
}

function exportsDefault(c: Lowering, node: Node): void {
  const named = node.id !== null && node.id !== undefined;
  if (node.type === "TSInterfaceDeclaration" || (named && (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration"))) {
    if (node.type === "FunctionDeclaration") functionDeclaration(c, node);
    else if (node.type === "ClassDeclaration") classDeclaration(c, node);
    else statement(c, node);
    if (named) exportName(c, "default", nameOf(must(node.id)));
    return;
  }
  if (node.type === "TSDeclareFunction") return;
  const value = defaultValue(c, node);
  const entry: Export = value.kind === "name" ? { name: "default", binding: -1 } : { name: "default", value };
  c.exports.push(entry);
  if (value.kind === "name") refer(c, entry as { binding: number }, value.name, valueSpace);
}

function defaultValue(c: Lowering, node: Node): Expression {
  const { start: at, end } = node;
  if (node.type === "FunctionDeclaration") return { kind: "function", function: functionValue(c, node, { name: "default" }), at, end };
  if (node.type !== "ClassDeclaration") return expression(c, node, "default");
  const id = reserveClass(c);
  defineClass(c, node, id, "default");
  return { kind: "class", class: id, at, end };
}

function exportsAll(c: Lowering, node: Node): void {
  const specifier = specifierOf(node);
  const typeOnly = node.exportKind === "type";
  const name = node.exported === null || node.exported === undefined ? "*" : moduleName(node.exported);
  c.exports.push({ name, from: { specifier, name: "*", typeOnly } });
  if (!typeOnly) c.imports.add(specifier);
}

/** `import x = require("y")` is a constant; `import type` only proves receivers; `import a = b.c` is an alias. */
function importEquals(c: Lowering, node: Node): void {
  const reference = must(node.moduleReference);
  const id = must(node.id);
  const { start: at, end } = node;
  if (reference.type === "TSExternalModuleReference") {
    const specifier = String(inner(reference).value);
    if (node.importKind !== "type") c.imports.add(specifier);
    importBinding(c, nameOf(id), { specifier, name: "*", typeOnly: node.importKind === "type" });
    return;
  }
  const value = expression(c, asMembers(reference));
  c.out.push({ kind: "assign", target: pattern(c, id, "const"), value, operator: "", declares: true, at, end });
}

/** A qualified name as the member chain that it is. */
function asMembers(node: Node): Node {
  if (node.type !== "TSQualifiedName") return node;
  return {
    type: "MemberExpression",
    object: asMembers(must(node.left)),
    property: must(node.right),
    computed: false,
    optional: false,
    start: node.start,
    end: node.end,
  };
}

/** `export = x` is what `module.exports = x` is. */
function exportAssignment(c: Lowering, node: Node): void {
  const { start: at, end } = node;
  const value = expression(c, inner(node));
  const object = { kind: "name" as const, name: "module", binding: -1, at, end };
  refer(c, object, "module", valueSpace);
  c.out.push({
    kind: "assign",
    target: { kind: "member", target: { kind: "member", object, name: "exports", optional: false, at, end }, at },
    value,
    operator: "",
    declares: false,
    at,
    end,
  });
}
