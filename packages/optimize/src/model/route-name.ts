/** Names of routes in code and as frameworks tell them at run time: what stands for a value is equal to anything that does. */

/** Whether two names mean one route: "GET /orders/:id" and "GET /orders/:order". */
export function isSameRoute(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

/** Whether `requested` may be `route` below a prefix that a scan did not find: "POST /api/import" and "POST /import". */
export function mayBeMounted(route: string, requested: string): boolean {
  const [method, path] = normal(route).split(/ (.*)/s, 2);
  const [asked, whole = ""] = normal(requested).split(/ (.*)/s, 2);
  // Nothing but values is the end of many routes.
  return path !== undefined && /[^/:]/.test(path) && method === asked && whole.length > path.length && whole.endsWith(path);
}

function normal(name: string): string {
  const [method = "", path = ""] = name.split(/ (.*)/s, 2);
  const parts = path.split("/").map((part) => (/^[:{[<*]/.test(part) ? ":" : part));
  return `${method} ${parts.join("/").replace(/(?<=.)\/$/, "")}`;
}
