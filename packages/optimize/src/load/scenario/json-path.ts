/** The part of JSONPath (RFC 9535) that names one value: `$.items[0].id`, `$['a b']`, `$.items[-1]`. */

type Key = string | number;

const step = /\.([^.[\]'"*]+)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/** The keys of a path; undefined when it is none. */
export function keysOf(path: string): Key[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const keys: Key[] = [];
  for (let at = 1; at < path.length;) {
    step.lastIndex = at;
    const found = step.exec(path);
    if (found === null) return undefined;
    keys.push(found[2] === undefined ? (found[1] ?? found[3] ?? found[4] ?? "") : Number(found[2]));
    at = step.lastIndex;
  }
  return keys;
}

/** The value at a path, undefined when there is none. */
export function valueAt(value: unknown, keys: readonly Key[]): unknown {
  let found = value;
  for (const key of keys) {
    if (Array.isArray(found)) found = typeof key === "number" ? (found as unknown[]).at(key) : undefined;
    else if (typeof found === "object" && found !== null && Object.hasOwn(found, key)) found = (found as Record<string, unknown>)[key];
    else return undefined;
  }
  return found;
}
