/** Regular expressions of Python in the words of JavaScript, for a check that reads those. */

/** undefined: something in it has no counterpart of the same meaning. */
export function javascriptOf(
  source: string,
  { fromStart, toEnd }: { readonly fromStart: boolean; readonly toEnd: boolean },
): string | undefined {
  // Flags and comments inside, conditions, and what newer versions do not try again.
  if (/\(\?(?:[aiLmsux#(]|-|>)|[*+?}]\+/.test(source)) return undefined;
  const body = source
    .replaceAll("(?P<", "(?<")
    .replaceAll(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replaceAll(/\\A/g, "^")
    .replaceAll(/\\[Zz]/g, "$");
  return `${fromStart ? "^" : ""}${fromStart || toEnd ? `(?:${body})` : body}${toEnd ? "$" : ""}`;
}
