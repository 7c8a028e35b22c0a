/** Who has read something that may still change: they are told once, and have to be asked again. */

export interface Reader {
  /** Set once and for ever: what comes after has another reader. */
  dirty: boolean;
}

/** Most things are read by one, nearly all others by a few: these are looked through instead of being hashed. */
export type Readers<Key> = Map<Key, Reader | Reader[] | Set<Reader>>;

const few = 8;

export function addReader<Key>(readers: Readers<Key>, key: Key, reader: Reader): void {
  if (reader.dirty) return;
  const known = readers.get(key);
  if (known === reader) return;
  if (known === undefined) readers.set(key, reader);
  else if (known instanceof Set) known.add(reader);
  else if (!Array.isArray(known)) readers.set(key, [known, reader]);
  else if (!known.includes(reader)) {
    if (known.length < few) known.push(reader);
    else readers.set(key, new Set([...known, reader]));
  }
}

export function tellReaders<Key>(readers: Readers<Key> | undefined, key: Key): void {
  const known = readers?.get(key);
  if (known === undefined) return;
  if (known instanceof Set || Array.isArray(known)) for (const reader of known) reader.dirty = true;
  else known.dirty = true;
  readers?.delete(key);
}
