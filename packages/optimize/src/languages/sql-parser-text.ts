/** A statement as a parser wants it: foreign placeholders replaced, unknown template parts made into names or left out. */
import { sqlHole } from "../model/sql-tokens.ts";
import type { SqlToken } from "../model/sql-tokens.ts";

/** A name that stands for an unknown part; results that hold it are taken out again. */
export const holeName = "optimize_hole";

/** Words after which a whole expression or name can stand. */
const opens =
  /^(?:[=<>+*/%,(.[-]|<>|!=|<=|>=|\|\||::|->|->>|from|join|into|update|table|only|where|and|or|not|on|select|distinct|by|having|like|ilike|similar|between|limit|offset|when|then|else|case|returning|using|as|set|values|value|in|any|all|union|except|intersect|is|truncate|exists|interval|recursive|with|delete|insert|lateral|filter|over|columns|column|add|drop|to|database|schema|function|procedure|trigger|view|index|sequence|type|constraint|references|user|role|owner|fetch|top|first)$/iu;

/** Writes the tokens for a parser whose placeholders are `$1` or `?`. */
export function parserText(tokens: readonly SqlToken[], text: string, style: "$" | "?"): string {
  let written = "";
  let count = 0;
  let last = 0;
  for (const [index, token] of tokens.entries()) {
    const name = token.kind === "name" || token.kind === "string" ? heldHole(token, text) : undefined;
    const replaced =
      token.kind === "placeholder" ? placeholder(tokens, index, style, ++count) : token.kind === "hole" ? hole(tokens, index) : name;
    if (replaced === undefined) continue;
    written += text.slice(last, token.at) + replaced;
    last = token.end;
  }
  return written + text.slice(last);
}

/** A hole inside quotes: the quotes stay. */
function heldHole(token: SqlToken, text: string): string | undefined {
  const own = text.slice(token.at, token.end);
  return own.includes(sqlHole) ? own.replaceAll(sqlHole, holeName) : undefined;
}

function placeholder(tokens: readonly SqlToken[], at: number, style: "$" | "?", count: number): string | undefined {
  const token = tokens[at] as SqlToken;
  const before = tokens[at - 1];
  // `a ? 'key'`: PostgreSQL's operator stands behind an operand, a placeholder never does.
  if (style === "$" && token.text.startsWith("?") && isOperand(before) && isOperand(tokens[at + 1])) return undefined;
  if (/^\$\d+$/u.test(token.text) && style === "$") return undefined;
  // `??` and `$1:name` are identifiers; so is everything that stands where a table stands.
  const isName =
    token.text === "??" || /^\$.*:(?:name|alias|raw)$/u.test(token.text) || tokens[at + 1]?.text === "." || before?.text === ".";
  if (isName || isTablePlace(before)) return ` ${holeName} `;
  const value = style === "?" ? "?" : `$${count}`;
  return isList(before) && tokens[at + 1]?.text !== ")" && before?.text !== "(" ? ` (${value}) ` : ` ${value} `;
}

function hole(tokens: readonly SqlToken[], at: number): string {
  const token = tokens[at] as SqlToken;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  const gluedBefore = token.glued && (before?.kind === "word" || before?.kind === "hole");
  const gluedAfter = after?.glued === true && (after.kind === "word" || after.kind === "number" || after.kind === "hole");
  if (gluedBefore || (gluedAfter && (before === undefined || !isOperand(before)))) return holeName;
  if (before === undefined) return " ";
  if (before.kind === "word" && before.text.toLowerCase() === "set") return ` ${holeName} = 1 `;
  if (isList(before)) return ` (${holeName}) `;
  if (after?.text === "." || opens.test(before.text)) return ` ${holeName} `;
  // Between an expression and a value only an operator can stand: `price ${comparison} $1`.
  if (isOperand(before) && (after?.kind === "placeholder" || after?.kind === "string" || after?.kind === "number")) return " = ";
  // Behind a complete expression: a clause, a direction, an operator. What it holds is unknown; without it the rest can be read.
  return " ";
}

function isList(before: SqlToken | undefined): boolean {
  return before?.kind === "word" && /^(?:in|values|value)$/iu.test(before.text);
}

function isTablePlace(before: SqlToken | undefined): boolean {
  return before?.kind === "word" && /^(?:from|join|into|update|table)$/iu.test(before.text);
}

function isOperand(token: SqlToken | undefined): boolean {
  if (token === undefined) return false;
  return (
    token.kind === "name" ||
    token.kind === "string" ||
    token.kind === "number" ||
    token.kind === "placeholder" ||
    token.text === ")" ||
    token.text === "]" ||
    (token.kind === "word" && !opens.test(token.text))
  );
}
