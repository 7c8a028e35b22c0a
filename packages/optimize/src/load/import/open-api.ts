/** Requests of an OpenAPI 3 description, with its examples. */
import { pathOf } from "./routes.ts";
import { isSafe, type Found, type WrittenRequest } from "./written.ts";

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Undefined when it is no description of OpenAPI 3. */
export function fromOpenApi(document: unknown): (Found & { readonly target?: string }) | undefined {
  const root = objectOf(document);
  if (typeof root["openapi"] !== "string" || !root["openapi"].startsWith("3.")) return undefined;
  const { prefix, target } = serverOf(root);
  const requests: { request: WrittenRequest; weight: number }[] = [];
  const leftOut: string[] = [];
  const variables: Record<string, string> = {};
  const open = new Set<string>();
  for (const [route, item] of Object.entries(objectOf(root["paths"]))) {
    for (const [method, operation] of Object.entries(objectOf(item))) {
      if (!/^(?:get|head|post|put|patch|delete)$/.test(method)) continue;
      const name = `${method.toUpperCase()} ${route}`;
      const found = pathOf(route);
      if (!isSafe(method)) leftOut.push(`${name} may change something`);
      else if (found === undefined) leftOut.push(`${name} is no path`);
      else {
        const parameters = [...listOf(objectOf(item)["parameters"]), ...listOf(objectOf(operation)["parameters"])].map((one) =>
          resolved(one, root),
        );
        const query: string[] = [];
        let path = found.path;
        for (const parameter of parameters) {
          const key = typeof parameter["name"] === "string" ? parameter["name"] : "";
          const value = exampleOf(parameter, root);
          if (parameter["in"] === "path") {
            if (value === undefined) open.add(key);
            // One name, another value: "id" is of an order here and of a user there.
            else if ((variables[key] ??= value) !== value) path = path.replaceAll(`{{${key}}}`, encodeURIComponent(value));
          } else if (
            parameter["in"] === "query" &&
            (parameter["required"] === true || parameter["example"] !== undefined) &&
            value !== undefined
          ) {
            query.push(`${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
          }
        }
        for (const one of found.names) if (!parameters.some((parameter) => parameter["name"] === one)) open.add(one);
        requests.push({
          request: {
            ...(path === found.path ? {} : { name: `${method.toUpperCase()} ${prefix}${route}` }),
            request: `${method.toUpperCase()} ${prefix}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`,
          },
          weight: 1,
        });
      }
    }
  }
  return {
    ...(target === undefined ? {} : { target }),
    requests,
    variables,
    open: [...open].filter((name) => !Object.hasOwn(variables, name)),
    leftOut,
  };
}

/** Paths are told beside the first server's own, with the defaults of its variables. It is only gone to where it is this machine. */
function serverOf(root: Json): { readonly prefix: string; readonly target?: string } {
  const [server] = listOf(root["servers"]).map(objectOf);
  const text = typeof server?.["url"] === "string" ? server["url"] : "";
  const variables = objectOf(server?.["variables"]);
  const url = text.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => textOf(objectOf(variables[name])["default"]) ?? "");
  if (!URL.canParse(url, "http://nowhere.invalid")) return { prefix: "" };
  const { protocol, hostname, origin, pathname } = new URL(url, "http://nowhere.invalid");
  const isHere = /^https?:$/.test(protocol) && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  return { prefix: pathname.replace(/\/+$/, ""), ...(isHere ? { target: origin } : {}) };
}

/** What a local reference points at. */
function resolved(value: unknown, root: Json, depth = 0): Json {
  const found = objectOf(value);
  const reference = found["$ref"];
  if (typeof reference !== "string" || !reference.startsWith("#/") || depth > 8) return found;
  let target: unknown = root;
  for (const key of reference.slice(2).split("/")) target = objectOf(target)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  return resolved(target, root, depth + 1);
}

function exampleOf(parameter: Json, root: Json): string | undefined {
  const schema = resolved(parameter["schema"], root);
  const examples = Object.values(objectOf(parameter["examples"])).map((one) => resolved(one, root)["value"]);
  const value = [
    parameter["example"],
    ...examples,
    schema["example"],
    ...listOf(schema["examples"]),
    schema["default"],
    ...listOf(schema["enum"]),
  ].find((one) => one !== undefined);
  return textOf(value);
}

/** Undefined for what is no single value. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
