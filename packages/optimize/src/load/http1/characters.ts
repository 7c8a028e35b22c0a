/** Classes of bytes in heads of HTTP/1.1 messages (RFC 9110, section 5.5 and 5.6.2). */

const token = 1;
const value = 2;
const hexadecimal = 4;

const classes = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  const code = character.charCodeAt(0);
  classes[code] = (classes[code] ?? 0) | token;
}
for (let code = 0; code < 256; code++) {
  const isText = code === 9 || (code >= 32 && code !== 127);
  classes[code] = (classes[code] ?? 0) | (isText ? value : 0);
}
for (const character of "0123456789abcdefABCDEF") {
  const code = character.charCodeAt(0);
  classes[code] = (classes[code] ?? 0) | hexadecimal;
}

/** May stand in the name of a field. */
export const isToken = (byte: number): boolean => ((classes[byte] ?? 0) & token) !== 0;
/** May stand in the value of a field: no control character but the tab. */
export const isValue = (byte: number): boolean => ((classes[byte] ?? 0) & value) !== 0;
export const isHexadecimal = (byte: number): boolean => ((classes[byte] ?? 0) & hexadecimal) !== 0;

/** The value of a hexadecimal digit. */
export const digitOf = (byte: number): number => (byte <= 57 ? byte - 48 : (byte | 32) - 87);

/** Whether the bytes are this text, which is in lower case, in any case. */
export function isWord(bytes: Uint8Array, from: number, to: number, lower: string): boolean {
  if (to - from !== lower.length) return false;
  for (let i = 0; i < lower.length; i++) {
    const byte = bytes[from + i] ?? 0;
    const folded = byte >= 65 && byte <= 90 ? byte | 32 : byte;
    if (folded !== lower.charCodeAt(i)) return false;
  }
  return true;
}
