/** A statement with the placeholders of its driver as one that PostgreSQL plans. */
import { sqlTokens } from "../../model/sql-tokens.ts";

/** What a page holds, when its size is a parameter: the planner would take a tenth of all rows. */
export const assumedPage = 20;

/**
 * `?`, `%s`, `:name` and unknown parts become `$1` …; a page whose size is a parameter is of `assumedPage` rows, and the first one; names in
 * back quotes are in double ones. Comments and a closing semicolon are dropped.
 */
export function planable(sql: string): string {
  const tokens = sqlTokens(sql);
  while (tokens.at(-1)?.text === ";" && tokens.at(-1)?.kind === "symbol") (tokens as unknown as unknown[]).pop();
  const numbers = new Map<string, number>();
  let last = Math.max(0, ...tokens.map((token) => Number(/^\$(\d+)$/.exec(token.text)?.[1] ?? 0)));
  let text = "";
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.at > end && text !== "") text += " ";
    const before = tokens[index - 1]?.text.toLowerCase();
    const isPlaceholder = token.kind === "placeholder" || token.kind === "hole";
    if (isPlaceholder && before === "limit") text += String(assumedPage);
    else if (isPlaceholder && before === "offset") text += "0";
    else if (isPlaceholder && !/^\$\d+$/.test(token.text)) {
      const isNamed = /^[:@%$]?[({]?[A-Za-z_]\w*/.test(token.text) && token.text !== "%s";
      const number = (isNamed ? numbers.get(token.text) : undefined) ?? ++last;
      numbers.set(token.text, number);
      text += `$${number}`;
    } else text += token.kind === "name" ? `"${token.text.replaceAll('"', '""')}"` : sql.slice(token.at, token.end);
    end = token.end;
  }
  return text;
}
