/** Names of routes in code and as frameworks tell them at run time: what stands for a value is equal to anything that does. */

/** Whether two names mean one route: "GET /orders/:id" and "GET /orders/:order". */
export function isSameRoute(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

function normal(name: string): string {
  const [method = "", path = ""] = name.split(/ (.*)/s, 2);
  const parts = path.split("/").map((part) => (/^[:{[<*]/.test(part) ? ":" : part));
  return `${method} ${parts.join("/").replace(/(?<=.)\/$/, "")}`;
}
