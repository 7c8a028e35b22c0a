/** Colour carries meaning only, and every line makes sense without it. */

export type Style = "bold" | "dim" | "red" | "yellow" | "cyan" | "green";
export type Paint = (style: Style, text: string) => string;

const codes: Record<Style, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  green: [32, 39],
};

/** Paints with ANSI codes, or not at all. */
export function painter(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = codes[style];
    return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
