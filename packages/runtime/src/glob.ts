/** Patterns as Redis has them: `*`, `?`, `[a-c]`, `[^x]`, and a backslash before what is meant as itself. */

/**
 * @example
 * globPattern("user:*:profile").test("user:7:profile"); // true
 */
export function globPattern(glob: string): RegExp {
  const parts = glob.replace(/\\([^])|\*+|\?|\[(\^?[^\]]+)\]|[^\w]/g, (part, plain?: string, set?: string) => {
    if (set !== undefined) return `[${set.replace(/[\\[]/g, "\\$&")}]`;
    return part[0] === "*" ? "[^]*" : part === "?" ? "[^]" : (plain ?? part).replace(/[^\w]/, "\\$&");
  });
  return new RegExp(`^${parts}$`);
}

/**
 * A text as a pattern that matches it and nothing else.
 *
 * @example
 * globLiteral("a*b"); // "a\\*b"
 */
export function globLiteral(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
