/** What keeps Facts small: they stay to the end of a scan. */

/** A list that grew has room for 16 more entries, and most lists have one. */
export function fitted<T>(list: T[]): T[] {
  return list.length === 0 ? list : list.slice();
}

const words = new Map<string, string>();
const mostWords = 100_000;

/** The same text for every place where it is written: names are written often, and compared by identity first. */
export function shared(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  if (words.size >= mostWords) words.clear();
  words.set(word, word);
  return word;
}
