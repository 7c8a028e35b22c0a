/** Reads `export default { ... }` as data, without running anything. */
import { parseSync, type Expression, type ObjectProperty, type Program, type SpreadElement } from "oxc-parser";
import { OptimizeError } from "../../model/errors.ts";

/** Settings are short; the limits also keep the native parser's recursion far from the end of its stack. */
const maxCharacters = 16_384;
const maxDepth = 200;

/**
 * The value of a module's default export, when it is made of literals only: objects, arrays, strings, numbers,
 * booleans, null, templates without holes, `as const`, `satisfies T`, and constants of the same file.
 * Throws an OptimizeError("config") that names the line of what is none of these.
 */
export function readDefaultExport(text: string, name: string): unknown {
  if (text.length > maxCharacters)
    throw new OptimizeError("config", `${name} is too long to be settings (over ${maxCharacters} characters)`);
  if (depth(text) > maxDepth) throw new OptimizeError("config", `${name} is nested too deeply`);
  const result = parseSync(name, text);
  const [error] = result.errors;
  if (error !== undefined) {
    const at = error.labels[0]?.start ?? 0;
    throw new OptimizeError("config", `${name}:${lineOf(text, at)}: ${error.message}`);
  }
  const exported = result.program.body.find((statement) => statement.type === "ExportDefaultDeclaration");
  if (exported === undefined) throw new OptimizeError("config", `${name} has no default export`);
  const reader: Reader = { name, text, constants: constantsOf(result.program), seen: new Set() };
  return evaluate(exported.declaration as Expression, reader);
}

interface Reader {
  readonly name: string;
  readonly text: string;
  readonly constants: ReadonlyMap<string, Expression>;
  /** Constants that are being read: one that needs itself is no literal. */
  readonly seen: Set<string>;
}

function evaluate(node: Expression, reader: Reader): unknown {
  switch (node.type) {
    case "Literal":
      if ("regex" in node || "bigint" in node) return refuse(node, reader);
      return node.value;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? "") : refuse(node, reader);
    case "UnaryExpression": {
      const value = node.operator === "-" ? evaluate(node.argument, reader) : undefined;
      return typeof value === "number" ? -value : refuse(node, reader);
    }
    case "ArrayExpression":
      return node.elements.map((element) =>
        element === null || element.type === "SpreadElement" ? refuse(element ?? node, reader) : evaluate(element, reader),
      );
    case "ObjectExpression":
      return Object.fromEntries(node.properties.map((property) => member(property, reader)));
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return evaluate(node.expression, reader);
    case "Identifier": {
      const constant = reader.constants.get(node.name);
      if (constant === undefined || reader.seen.has(node.name)) return refuse(node, reader);
      reader.seen.add(node.name);
      const value = evaluate(constant, reader);
      reader.seen.delete(node.name);
      return value;
    }
    default:
      return refuse(node, reader);
  }
}

function member(property: ObjectProperty | SpreadElement, reader: Reader): [string, unknown] {
  if (property.type === "SpreadElement" || property.kind !== "init" || property.method) return refuse(property, reader);
  const { key } = property;
  const name = property.computed
    ? undefined
    : key.type === "Identifier"
      ? key.name
      : key.type === "Literal"
        ? String(key.value)
        : undefined;
  return name === undefined ? refuse(property, reader) : [name, evaluate(property.value, reader)];
}

function constantsOf(program: Program): Map<string, Expression> {
  const constants = new Map<string, Expression>();
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.kind !== "const") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && init !== null) constants.set(id.name, init);
    }
  }
  return constants;
}

function refuse(node: { start: number }, reader: Reader): never {
  throw new OptimizeError(
    "config",
    `${reader.name}:${lineOf(reader.text, node.start)}: only literal values are read from this file, and nothing in it is run`,
    {
      hint: "write the value out, or run the file on purpose with --config <file.mjs>",
    },
  );
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Deepest run of open brackets, strings and comments included: never less than the true depth. */
function depth(text: string): number {
  let open = 0;
  let deepest = 0;
  for (const character of text) {
    if ("([{<".includes(character)) deepest = Math.max(deepest, (open += 1));
    else if (")]}>".includes(character)) open = Math.max(0, open - 1);
  }
  return deepest;
}
