/** What a statement is, without the values in it: they may be anybody's. */

const quoted = /\$(\w*)\$[^]*?\$\1\$|e?'(?:[^'\\]|''|\\[^])*'?/gi;
const comments = /--.*|\/\*[^]*?(?:\*\/|$)/g;
/** In double quotes a name stands in most databases, and a value in MySQL; after these it may be a value. */
const doubleQuoted = /([=<>(,+]\s*|\b(?:like|in|values|then|else|and|between)\s+)"(?:[^"\\]|""|\\[^])*"?/gi;
const numbers = /(?<![\w"`$.])[+-]?\d[\w.]*(?:(?<=e)[+-]\d+)?/gi;
const lists = /\([\s?,]*,[\s?,]*\)|\((?:[\s,]|[$:]\w+)+\)/g;

/**
 * @example
 * statementShape("select * from users where id in (1, 2, 3) and name = 'Ada'"); // "select * from users where id in (?) and name = ?"
 */
export function statementShape(text: string): string {
  const bare = text.slice(0, 4000).replace(quoted, "?").replace(comments, " ").replace(doubleQuoted, "$1?");
  return bare.replace(numbers, "?").replace(lists, "(?)").replace(/\s+/g, " ").trim().slice(0, 500);
}

/**
 * The verb and the first table, few enough for labels.
 *
 * @example
 * statementName("select * from orders o join items i on i.order_id = o.id"); // ["select", "orders"]
 */
export function statementName(shape: string): [operation: string, table: string] {
  const operation = /\b(?:select|insert|update|delete|merge|begin|commit|rollback|call)\b/i.exec(shape)?.[0] ?? "other";
  const table = /\b(?:from|into|update)\s+["`]?([\w.]{1,64})/i.exec(shape)?.[1] ?? "";
  return [operation.toLowerCase(), table.toLowerCase()];
}
