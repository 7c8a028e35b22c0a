/** Arrays as PostgreSQL writes them as text: `{a,"b c",NULL}`. */

/** The items of an array of one dimension; NULL is left out. */
export function arrayItems(text: string): string[] {
  const items: string[] = [];
  for (const match of text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^",]+)/g)) {
    if (match[1] !== undefined) items.push(match[1].replaceAll(/\\(.)/g, "$1"));
    else if (match[2] !== undefined && match[2] !== "NULL") items.push(match[2]);
  }
  return items;
}

export function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => (/^[\w.:+-]+$/.test(item) ? item : `"${item.replaceAll(/["\\]/g, String.raw`\$&`)}"`)).join(",")}}`;
}
