/** A linear look at nesting before the native parser, which crashes the process on some 3,000 levels. */

/** Bracket levels that are let through; people and generators write fewer than 200, the parser bears over 3,000. */
const maxBrackets = 400;

/** Where a text nests too deeply, if it does. */
export function tooDeep(text: string): { readonly at: number; readonly message: string } | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 40: case 91: case 123:
        if (++depth > maxBrackets) return { at: i, message: `brackets nest more than ${maxBrackets} deep` };
        break;
      case 41: case 93: case 125:
        if (depth > 0) depth--;
        break;
      default:
        break;
    }
  }
  return undefined;
}
