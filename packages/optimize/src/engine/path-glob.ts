/**
 * Path globs as .gitignore files and workspace lists write them. Matched by stepping, not by a regular expression:
 * a hostile `*a*a*a*…` costs pattern length times name length and no more.
 */

export type PathTest = (path: string) => boolean;

/** One character's test; "star" is any run of characters inside a segment. */
type Token = "star" | "any" | ((character: string) => boolean);
type Segment = "deep" | { readonly text: string } | { readonly tokens: readonly Token[] };

/**
 * Compiles a glob: `*`, `?` and `[…]` stay in one segment, `**` as a whole segment crosses any number of them
 * (at least one when it stands last). Undefined when the glob is malformed; git ignores such patterns as well.
 */
export function compileGlob(glob: string): PathTest | undefined {
  const segments: Segment[] = [];
  for (const part of glob.split("/")) {
    const segment = compileSegment(part);
    if (segment === undefined) return undefined;
    if (segment === "deep" && segments.at(-1) === "deep") continue;
    segments.push(segment);
  }
  const needsMore = segments.at(-1) === "deep";
  return (path) => {
    const parts = path.split("/");
    return steps(
      parts.length,
      segments.length,
      (at) => segments[at] === "deep",
      (part, at) => matchesSegment(segments[at] as Segment, parts[part] as string),
      needsMore,
    );
  };
}

function compileSegment(part: string): Segment | undefined {
  if (part === "**") return "deep";
  if (!/[*?[\\]/u.test(part)) return { text: part };
  const tokens: Token[] = [];
  for (let at = 0; at < part.length; at++) {
    const character = part[at] as string;
    if (character === "*") {
      if (tokens.at(-1) !== "star") tokens.push("star");
    } else if (character === "?") tokens.push("any");
    else if (character === "\\") {
      at++;
      if (at >= part.length) return undefined;
      tokens.push(literal(part[at] as string));
    } else if (character === "[") {
      const set = characterSet(part, at);
      if (set === undefined) return undefined;
      tokens.push(set.test);
      at = set.end;
    } else tokens.push(literal(character));
  }
  return { tokens };
}

function literal(wanted: string): (character: string) => boolean {
  return (character) => character === wanted;
}

function matchesSegment(segment: Segment, name: string): boolean {
  if (segment === "deep") return true;
  if ("text" in segment) return segment.text === name;
  const { tokens } = segment;
  return steps(
    name.length,
    tokens.length,
    (at) => tokens[at] === "star",
    (place, at) => {
      const token = tokens[at] as Token;
      return token === "any" || (typeof token === "function" && token(name[place] as string));
    },
    false,
  );
}

/** Matches `length` items against `count` patterns of which some stand for any run of items; goes back to the last such run only. */
function steps(
  length: number,
  count: number,
  isRun: (at: number) => boolean,
  matches: (item: number, at: number) => boolean,
  lastNeedsOne: boolean,
): boolean {
  let item = 0;
  let at = 0;
  let run = -1;
  let runItem = 0;
  while (item < length) {
    if (at < count && isRun(at)) {
      if (lastNeedsOne && at === count - 1) return true;
      run = at++;
      runItem = item;
    } else if (at < count && matches(item, at)) {
      item++;
      at++;
    } else if (run >= 0) {
      at = run + 1;
      item = ++runItem;
    } else return false;
  }
  const skippable = lastNeedsOne ? count - 1 : count;
  while (at < skippable && isRun(at)) at++;
  return at === count;
}

const namedSets: Readonly<Record<string, RegExp>> = {
  alnum: /[a-z0-9]/iu,
  alpha: /[a-z]/iu,
  digit: /\d/u,
  lower: /[a-z]/u,
  upper: /[A-Z]/u,
  space: /\s/u,
  xdigit: /[\da-f]/iu,
  punct: /[!-/:-@[-`{-~]/u,
};

/** Reads `[a-z!x]` from `start`; `end` is the place of the closing bracket. */
function characterSet(part: string, start: number): { test: (character: string) => boolean; end: number } | undefined {
  let at = start + 1;
  const negated = part[at] === "!" || part[at] === "^";
  if (negated) at++;
  const tests: ((character: string) => boolean)[] = [];
  for (let first = true; first || part[at] !== "]"; first = false) {
    if (at >= part.length) return undefined;
    const name = /^\[:([a-z]+):\]/u.exec(part.slice(at, at + 12));
    if (name !== null) {
      const set = namedSets[name[1] as string];
      if (set === undefined) return undefined;
      tests.push((character) => set.test(character));
      at += name[0].length;
      continue;
    }
    if (part[at] === "\\") at++;
    const low = part[at++];
    if (low === undefined) return undefined;
    if (part[at] === "-" && part[at + 1] !== undefined && part[at + 1] !== "]") {
      at++;
      if (part[at] === "\\") at++;
      const high = part[at++];
      if (high === undefined) return undefined;
      tests.push((character) => character >= low && character <= high);
    } else tests.push(literal(low));
  }
  return { test: (character) => tests.some((test) => test(character)) !== negated, end: at };
}
