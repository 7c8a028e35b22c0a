/** What a failed request answered, made fit to be shown: the form of it and what it says of the error, never anybody's data. */

/** Members whose text tells what went wrong. */
const telling = /^(?:error|errors|message|msg|code|status|statuscode|title|detail|type|reason)$/i;
const longest = 200;

/** Text in which whatever could be a value is masked: addresses, numbers, long words, what stands in quotes. */
export function masked(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text, secrets)
    .replace(/[\w.+-]+@[\w.-]+/g, "***")
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"***"')
    .replace(/[\w+/=-]{24,}/g, "***")
    .replace(/\d{3,}/g, "#")
    .slice(0, longest);
}

export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clear, secret) => (secret === "" ? clear : clear.replaceAll(secret, "***")), text);
}

/** One line about a body. */
export function sampleOf(type: string, body: Buffer, secrets: readonly string[]): string {
  const text = body.subarray(0, 8192).toString("utf8");
  if (/\bjson\b/i.test(type)) {
    try {
      return JSON.stringify(shapeOf(JSON.parse(body.toString("utf8")), "", secrets, 0)).slice(0, longest);
    } catch {
      return `no JSON, ${body.length} bytes`;
    }
  }
  if (/html/i.test(type)) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
    return title === undefined ? `HTML, ${body.length} bytes` : `HTML, title: ${masked(title.trim(), secrets)}`;
  }
  return /^text\//i.test(type) ? masked(text.split("\n")[0] ?? "", secrets) : `${body.length} bytes`;
}

function shapeOf(value: unknown, key: string, secrets: readonly string[], depth: number): unknown {
  if (typeof value === "string") return telling.test(key) ? masked(value, secrets) : "…";
  if (typeof value === "number") return telling.test(key) && value >= 100 && value < 600 ? value : "#";
  if (Array.isArray(value)) return value.length === 0 || depth > 3 ? [] : [shapeOf(value[0], key, secrets, depth + 1)];
  if (typeof value !== "object" || value === null) return value;
  if (depth > 3) return {};
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 10)
      .map(([name, one]) => [/^[A-Za-z_][\w-]{0,40}$/.test(name) ? name : "…", shapeOf(one, name, secrets, depth + 1)]),
  );
}
