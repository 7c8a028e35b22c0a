/** Who has read something that may still change: they are told once, and have to be asked again. */

export interface Reader {
  /** Set once and for ever: what comes after has another reader. */
  dirty: boolean;
}

/** Most things are read by one. */
export type Readers<Key> = Map<Key, Reader | Set<Reader>>;

export function addReader<Key>(readers: Readers<Key>, key: Key, reader: Reader): void {
  if (reader.dirty) return;
  const known = readers.get(key);
  if (known === undefined) readers.set(key, reader);
  else if (known instanceof Set) known.add(reader);
  else if (known !== reader) readers.set(key, new Set([known, reader]));
}

export function tellReaders<Key>(readers: Readers<Key> | undefined, key: Key): void {
  const known = readers?.get(key);
  if (known === undefined) return;
  if (known instanceof Set) for (const reader of known) reader.dirty = true;
  else known.dirty = true;
  readers?.delete(key);
}
