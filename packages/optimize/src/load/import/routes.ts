/** Requests for the routes that a scan found. */
import { isSafe, type Found, type WrittenRequest } from "./written.ts";

/** "/orders/:id", "/orders/{id}", "/orders/<int:id>", "/orders/[id]" with the parameter as a variable; undefined for a pattern that is no path. */
export function pathOf(route: string): { readonly path: string; readonly names: readonly string[] } | undefined {
  const names: string[] = [];
  const path = route
    .replace(
      /<(?:\w+:)?(\w+)>|\{(\w+)(?::[^}]*)?\}|\[(?:\.\.\.)?(\w+)\]|:(\w+)(?:\([^)]*\))?\??/g,
      (_, ...groups: (string | undefined)[]) => {
        const name = groups.slice(0, 4).find((one) => one !== undefined) ?? "id";
        names.push(name);
        return `{{${name}}}`;
      },
    )
    .replace(/\/$/, "");
  if (/[*^$()\s?+\\]/.test(path)) return undefined;
  return { path: path === "" ? "/" : path.startsWith("/") ? path : `/${path}`, names };
}

/**
 * GET routes, one request each. `seen` are paths that were requested or described somewhere: a route with parameters takes the first that fits it and is no
 * other route's own.
 */
export function fromRoutes(names: readonly string[], seen: readonly string[] = []): Found {
  const requests: { request: WrittenRequest; weight: number }[] = [];
  const leftOut: string[] = [];
  const open = new Set<string>();
  const routes = names.map((name) => ({ name, method: name.split(" ", 1)[0] ?? "", found: pathOf(name.split(/ (.*)/s, 2)[1] ?? "") }));
  const own = new Set(routes.flatMap(({ found }) => (found?.names.length === 0 ? [found.path] : [])));
  const free = seen.map(bare).filter((path) => !own.has(path));
  for (const { name, method, found } of routes) {
    if (!isSafe(method)) {
      if (method !== "ALL") leftOut.push(`${name} may change something`);
    } else if (found === undefined) leftOut.push(`${name} is a pattern and no path`);
    else {
      const verb = method.toUpperCase();
      const example = found.names.length === 0 ? undefined : free.find((path) => fits(path, found.path));
      if (example !== undefined) requests.push({ request: { name, request: `${verb} ${example}` }, weight: 1 });
      else {
        for (const parameter of found.names) open.add(parameter);
        requests.push({ request: { request: `${verb} ${found.path}` }, weight: 1 });
      }
    }
  }
  return { requests, variables: {}, open: [...open], leftOut };
}

/** Without a query and a slash at its end. */
const bare = (path: string): string => path.replace(/[?#].*$/s, "").replace(/(?<=.)\/$/, "");

/** Each name stands for something without a slash. */
function fits(path: string, template: string): boolean {
  const pattern = template
    .split(/\{\{\w+\}\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("[^/]+");
  return new RegExp(`^${pattern}$`).test(path);
}
