/** Cookies of one user (RFC 6265), as far as one origin needs them: names, values, paths, and that they end. */

export class Cookies {
  readonly #kept = new Map<string, { readonly value: string; readonly path: string }>();

  /** Takes what a response sets. */
  take(fields: readonly string[], requested: string): void {
    for (const field of fields) {
      const [pair = "", ...attributes] = field.split(";");
      const equals = pair.indexOf("=");
      if (equals <= 0) continue;
      const name = pair.slice(0, equals).trim();
      const said = new Map(
        attributes.map((one) => [one.split("=")[0]?.trim().toLowerCase() ?? "", one.slice(one.indexOf("=") + 1).trim()]),
      );
      const path = said.get("path")?.startsWith("/") === true ? (said.get("path") ?? "/") : folderOf(requested);
      const key = `${name};${path}`;
      if (isOver(said)) this.#kept.delete(key);
      else this.#kept.set(key, { value: pair.slice(equals + 1).trim(), path });
    }
  }

  /** The value of the Cookie field for a path, "" when there is none. */
  for(path: string): string {
    const bare = path.split("?")[0] ?? path;
    return [...this.#kept]
      .filter(([, kept]) => bare === kept.path || bare.startsWith(kept.path.endsWith("/") ? kept.path : `${kept.path}/`))
      .map(([key, kept]) => `${key.slice(0, key.indexOf(";"))}=${kept.value}`)
      .join("; ");
  }
}

function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const age = attributes.get("max-age");
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  const date = Date.parse(attributes.get("expires") ?? "");
  return !Number.isNaN(date) && date <= Date.now();
}

/** The default path: the request's up to its last slash (RFC 6265, 5.1.4). */
function folderOf(path: string): string {
  const bare = path.split("?")[0] ?? "/";
  return bare.slice(0, bare.lastIndexOf("/")) || "/";
}
