/** Ways of breaking a source text, chosen by a seeded generator. */

/** Mulberry32: the same numbers for the same seed, everywhere. @param {number} seed */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const brackets = [
  "(",
  "[",
  "{",
  "${",
  "`",
  "'",
  '"',
  '"""',
  "/*",
  "*/",
  "<",
  ">",
  "=>",
  "\\",
  "/",
  "#",
  "@",
  ":",
  ";",
  "\t",
  "\u2028",
  "\u0000",
  "\ud800",
  "\ufeff",
  "lambda ",
  "f'{",
  "async ",
  "await ",
  "yield ",
  "class ",
  "0x",
  "1e999",
];

/** @param {() => number} random @param {number} length */
function spot(random, length) {
  return Math.floor(random() * (length + 1));
}

/** @typedef {(text: string, other: string, random: () => number) => string} Way */

/** @type {Readonly<Record<string, Way>>} */
const ways = {
  truncated: (text, _, random) => text.slice(0, spot(random, text.length)),
  beheaded: (text, _, random) => text.slice(spot(random, text.length)),
  spliced: (text, other, random) => text.slice(0, spot(random, text.length)) + other.slice(spot(random, other.length)),
  dropped: (text, _, random) => {
    const from = spot(random, text.length);
    return text.slice(0, from) + text.slice(from + spot(random, 200));
  },
  bytes: (text, _, random) => {
    const bytes = Buffer.from(text);
    for (let i = 0; i < 20 && bytes.length > 0; i++) bytes[spot(random, bytes.length - 1)] = Math.floor(random() * 256);
    return bytes.toString("latin1");
  },
  tokens: (text, _, random) => {
    let out = text;
    for (let i = 0; i < 12; i++) {
      const at = spot(random, out.length);
      out = out.slice(0, at) + (brackets[Math.floor(random() * brackets.length)] ?? "") + out.slice(at);
    }
    return out;
  },
  repeated: (text, _, random) => {
    const from = spot(random, text.length);
    const piece = text.slice(from, from + spot(random, 80));
    return text.slice(0, from) + piece.repeat(spot(random, 400)) + text.slice(from);
  },
  nested: (text, _, random) => {
    const at = spot(random, text.length);
    const open = brackets[Math.floor(random() * 6)] ?? "(";
    return text.slice(0, at) + open.repeat(spot(random, 20_000)) + text.slice(at);
  },
  shuffled: (text, _, random) => {
    const lines = text.split("\n");
    for (let i = lines.length - 1; i > 0; i--) {
      const j = spot(random, i);
      [lines[i], lines[j]] = [lines[j] ?? "", lines[i] ?? ""];
    }
    return lines.join("\n");
  },
  noise: (_, __, random) => Array.from({ length: spot(random, 4000) }, () => String.fromCharCode(Math.floor(random() * 0x10000))).join(""),
};
const names = Object.keys(ways);

/** @param {string} text @param {string} other @param {() => number} random */
export function mutate(text, other, random) {
  const how = names[Math.floor(random() * names.length)] ?? "truncated";
  return { how, text: ways[how]?.(text, other, random) ?? text };
}
