/** Text of a scanned project is untrusted: what could steer a terminal or reorder a line is made visible instead. */

// C0 and C1 controls, DEL, bidirectional controls, zero-width and separator characters, BOM, tags, lone surrogates.
const unsafe =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** All that one of them may begin with. */
const suspect =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/;

function visible(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One line of text without any character that a terminal interprets; tabs and line breaks become spaces. */
export function clean(text: string): string {
  return text.replace(/\r\n|[\t\n\r]/g, " ").replace(unsafe, visible);
}

/** A line of code: as `clean`, with tabs as two spaces; `column` (1-based) is carried along to where it stands afterwards. */
export function cleanCode(text: string, column = 1): { text: string; column: number } {
  const expand = (part: string): string => part.replaceAll("\t", "  ").replace(unsafe, visible);
  const head = expand(text.slice(0, column - 1));
  return { text: head + expand(text.slice(column - 1)), column: head.length + 1 };
}

/** JSON text with every unsafe character escaped (they can stand in strings only, where an escape means the same). */
export function cleanJson(text: string): string {
  // Most Runs hold nothing of the kind, which halves of characters tell much sooner.
  if (!suspect.test(text)) return text;
  return text.replace(unsafe, (character) =>
    character === "\n" || character === "\t"
      ? character
      : Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`).join(""),
  );
}
