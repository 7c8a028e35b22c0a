/** JSON that keeps what JSON loses: Date, Map, Set and BigInt, at any depth. Of NaN, and of undefined in an array, it makes null, as JSON does. */
const readers: Readonly<Record<string, (v: never) => unknown>> = {
  d: (v: number | null) => new Date(v ?? NaN),
  m: (v: [unknown, unknown][]) => new Map(v),
  s: (v: unknown[]) => new Set(v),
  b: (v: string) => BigInt(v),
};

/**
 * @param mark A property that cannot be in the value: something that nobody can guess.
 * @example
 * decode(encode({ at: new Date(0), tags: new Set(["a"]) }, id), id); // equal to what was given
 */
export function encode(value: unknown, mark: string): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, seen: unknown) {
    // A Date is a string already when the replacer gets it; the holder still has the Date.
    const raw = this[key];
    if (raw instanceof Date) return { [mark]: "d", v: +raw };
    if (raw instanceof Map || raw instanceof Set) return { [mark]: raw instanceof Map ? "m" : "s", v: [...raw] };
    return typeof raw === "bigint" ? { [mark]: "b", v: String(raw) } : seen;
  });
}

/** What `encode` was given. Throws for what it did not write. */
export function decode(text: string, mark: string): unknown {
  return JSON.parse(text, (_, value) => {
    const read = readers[value?.[mark]];
    return read === undefined ? value : read(value.v as never);
  });
}
