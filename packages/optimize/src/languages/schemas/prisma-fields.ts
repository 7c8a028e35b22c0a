/** One line of a Prisma model. */

export interface PrismaField {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly line: number;
  /** The name in the database. */
  readonly column: string;
  readonly id: boolean;
  readonly unique: boolean;
  readonly default: string | undefined;
  /** `@db.VarChar(20)` without its beginning. */
  readonly native: string | undefined;
  /** Of a relation that holds the key: its columns, those of the other side, what becomes of the rows. */
  readonly keys: readonly string[];
  readonly references: readonly string[];
  readonly onDelete: string | undefined;
}

/** `name Type? @id @default(now()) @map("x")`; undefined when the line is none. */
export function fieldOf(text: string, line: number): PrismaField | undefined {
  const head = /^(\w+)\s+(\w+|Unsupported\("[^"]*"\))(\[\])?(\?)?\s*(.*)$/.exec(text);
  if (head === null) return undefined;
  const [, name = "", type = "", list, optional, rest = ""] = head;
  const relation = argumentsOf(rest, "@relation") ?? "";
  return {
    name,
    type,
    list: list !== undefined,
    optional: optional !== undefined,
    line,
    column: /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(rest)?.[1] ?? name,
    id: /@id\b/.test(rest),
    unique: /@unique\b/.test(rest),
    default: argumentsOf(rest, "@default"),
    native: /@db\.(\w+(?:\([^)]*\))?)/.exec(rest)?.[1],
    keys: namesIn(/fields:\s*\[([^\]]*)\]/.exec(relation)?.[1]),
    references: namesIn(/references:\s*\[([^\]]*)\]/.exec(relation)?.[1]),
    onDelete: /onDelete:\s*(\w+)/.exec(relation)?.[1],
  };
}

function namesIn(list: string | undefined): readonly string[] {
  return (list ?? "").split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
}

/** What stands in the brackets of an attribute, with the brackets that it holds itself. */
function argumentsOf(text: string, attribute: string): string | undefined {
  const start = text.indexOf(`${attribute}(`);
  if (start < 0) return undefined;
  let depth = 0;
  let quoted = false;
  for (let at = start + attribute.length; at < text.length; at++) {
    const character = text[at];
    if (character === '"' && text[at - 1] !== "\\") quoted = !quoted;
    else if (!quoted && character === "(") depth++;
    else if (!quoted && character === ")" && --depth === 0) return text.slice(start + attribute.length + 1, at);
  }
  return text.slice(start + attribute.length + 1);
}
