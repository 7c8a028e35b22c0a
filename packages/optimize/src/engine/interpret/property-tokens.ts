/**
 * Tokens of properties of parameters. A function that is called with `{ id: row.id, team }` asks by `team` alone; what it asks
 * depends on no row then, and only a token for each property can say so.
 */

const width = 64;
const ids = new Map<string, number>();
const names: string[] = [];

/** Always below zero, and the same for the same property. */
export function propertyToken(index: number, name: string): number {
  let id = ids.get(name);
  if (id === undefined) {
    id = names.length;
    names.push(name);
    ids.set(name, id);
  }
  return -1 - (id * width + Math.min(index, width - 2));
}

export function propertyOf(token: number): { readonly index: number; readonly name: string } {
  const number = -1 - token;
  return { index: number % width, name: names[Math.floor(number / width)] ?? "" };
}
