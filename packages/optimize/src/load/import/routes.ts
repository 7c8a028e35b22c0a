/** Requests for the routes that a scan found. */
import { isSafe, type Found } from "./written.ts";

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

/** GET routes, one request each. `examples` are values of parameters that were seen somewhere. */
export function fromRoutes(names: readonly string[], examples: Readonly<Record<string, string>> = {}): Found {
  const requests: { request: { request: string }; weight: number }[] = [];
  const leftOut: string[] = [];
  const used = new Set<string>();
  for (const name of names) {
    const [method = "", route = ""] = name.split(/ (.*)/s, 2);
    if (!isSafe(method)) {
      if (method !== "ALL") leftOut.push(`${name} may change something`);
      continue;
    }
    const found = pathOf(route);
    if (found === undefined) leftOut.push(`${name} is a pattern and no path`);
    else {
      for (const parameter of found.names) used.add(parameter);
      requests.push({ request: { request: `${method.toUpperCase()} ${found.path}` }, weight: 1 });
    }
  }
  const variables = Object.fromEntries(
    [...used].filter((name) => Object.hasOwn(examples, name)).map((name) => [name, examples[name] ?? ""]),
  );
  return { requests, variables, open: [...used].filter((name) => !Object.hasOwn(examples, name)), leftOut };
}
