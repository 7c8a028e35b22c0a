/** Requests that were really made: recordings of a browser (HAR), and access logs of web servers. */
import { isSafe, type Found } from "./written.ts";

/** Fields that are the browser's own business, or somebody's secret. */
const droppedFields =
  /^(?::|host$|connection$|content-length$|cookie$|authorization$|proxy-|sec-|upgrade|origin$|referer$|user-agent$|accept-encoding$|x-.*(?:token|key|secret)|if-)/i;
/** Values in a query that nobody else may know. */
const secretNames = /token|key|secret|password|signature|session|auth|code/i;

/** A recording as one scenario of requests that follow on each other; only those to the first origin. Undefined when it is none. */
export function fromHar(document: unknown): (Found & { readonly target: string }) | undefined {
  const entries = (document as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) return undefined;
  const requests: Found["requests"][number][] = [];
  const leftOut: string[] = [];
  let target = "";
  for (const entry of entries as { request?: { method?: unknown; url?: unknown; headers?: unknown } }[]) {
    const { method, url, headers } = entry.request ?? {};
    if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url)) continue;
    const parsed = new URL(url);
    target ||= parsed.origin;
    const shown = `${method} ${parsed.pathname}`;
    if (parsed.origin !== target) leftOut.push(`${shown} goes to ${parsed.host}`);
    else if (!isSafe(method)) leftOut.push(`${shown} may change something`);
    else if (/\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?|map)$/i.test(parsed.pathname)) leftOut.push(`${shown} is a file`);
    else {
      const fields = Array.isArray(headers) ? (headers as { name?: unknown; value?: unknown }[]) : [];
      const kept = fields.flatMap(({ name, value }) =>
        typeof name === "string" && typeof value === "string" && !droppedFields.test(name) ? [[name, value] as const] : [],
      );
      requests.push({
        request: {
          request: `${method.toUpperCase()} ${withoutSecrets(parsed)}`,
          ...(kept.length > 0 ? { headers: Object.fromEntries(kept) } : {}),
        },
        weight: 1,
      });
    }
  }
  return { target, requests, chained: true, variables: {}, open: [], leftOut: [...new Set(leftOut)] };
}

function withoutSecrets(url: URL): string {
  for (const name of Array.from(url.searchParams.keys())) if (secretNames.test(name)) url.searchParams.set(name, "removed");
  return `${url.pathname}${url.search}`;
}

const line = /"(?<method>[A-Z]+) (?<path>\/[^\s"]*) HTTP\/[\d.]+" (?<status>\d{3})/;
const mostRequests = 50;

/** The requests of an access log (common and combined format, of nginx and Apache) by how often they were made; undefined when no line is one. */
export function fromAccessLog(text: string): Found | undefined {
  const counts = new Map<string, number>();
  const writes = new Set<string>();
  let lines = 0;
  for (const one of text.split("\n")) {
    const { method = "", path = "", status = "" } = line.exec(one)?.groups ?? {};
    if (method === "") continue;
    lines++;
    // What failed then would fail now.
    if (Number(status) >= 400) continue;
    if (!isSafe(method)) writes.add(`${method} ${path.split("?")[0] ?? ""}`);
    else {
      const url = URL.canParse(`http://x${path}`) ? withoutSecrets(new URL(`http://x${path}`)) : "";
      if (url !== "") counts.set(`${method} ${url}`, (counts.get(`${method} ${url}`) ?? 0) + 1);
    }
  }
  if (lines === 0) return undefined;
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const leftOut = [...writes].slice(0, 20).map((name) => `${name} may change something`);
  if (sorted.length > mostRequests) leftOut.push(`${sorted.length - mostRequests} requests that were made less often than these`);
  return {
    requests: sorted.slice(0, mostRequests).map(([request, weight]) => ({ request: { request }, weight })),
    variables: {},
    open: [],
    leftOut,
  };
}
