/** Columns whose values may be long: what they hold is read from pages of its own, sent, and turned into objects. */
import type { Column } from "../../model/schema.ts";

const heavy =
  /^(json|bytea|(tiny|medium|long)?blob|longvarbinary|varbinary\(max\)|image|xml|vector|tsvector|hstore|geometry|geography|mediumtext|longtext|clob|n?varchar\(max\)|ntext)/;

/** In the schemas of these every string is `text`, however short it is. */
const textForAll: ReadonlySet<string> = new Set(["prisma", "drizzle", "kysely"]);

export function isHeavy({ type }: Column, library: string): boolean {
  return heavy.test(type) || (/^(n?text|citext)\b/.test(type) && !textForAll.has(library));
}
