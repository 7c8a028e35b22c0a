/**
 * Clients that a tool writes into the project before it runs. They are seldom committed, and imports of them name a
 * place and no package: the schema says where that place is.
 */
import { posix } from "node:path";
import { readConfigText } from "./config-file.ts";
import { folderOf } from "./packages.ts";

export interface GeneratedClient {
  /** The folder that is written, relative to the scanned one; a package's name when it is written among the installed ones. */
  readonly place: { readonly folder: string } | { readonly packageName: string };
  /** The package that the client stands for. */
  readonly library: string;
}

/** `generator client { provider = "prisma-client-js"  output = "../generated" }` */
const generator = /^[ \t]*generator[ \t]+\w+[ \t]*\{([^}]*)\}/gmu;
const setting = (name: string): RegExp => new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*"([^"\\n]*)"`, "mu");
const provider = setting("provider");
const output = setting("output");
const prismaProviders = new Set(["prisma-client-js", "prisma-client"]);

export function isClientSchema(name: string): boolean {
  return name.endsWith(".prisma");
}

/** What one schema has written. `path` is relative to the scanned folder, `absolute` the same file. */
export function clientsOf(path: string, absolute: string, boundary: string): readonly GeneratedClient[] {
  const text = readConfigText(absolute, boundary);
  return text === undefined ? [] : prismaClients(path, text);
}

export function prismaClients(path: string, schema: string): readonly GeneratedClient[] {
  const found: GeneratedClient[] = [];
  for (const [, body = ""] of schema.replace(/\/\/.*$/gmu, "").matchAll(generator)) {
    const to = output.exec(body)?.[1];
    if (to === undefined || to === "" || !prismaProviders.has(provider.exec(body)?.[1] ?? "")) continue;
    const place = placeOf(posix.join(folderOf(path), to));
    if (place !== undefined) found.push({ place, library: "@prisma/client" });
  }
  return found;
}

function placeOf(joined: string): GeneratedClient["place"] | undefined {
  const installed = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(joined)?.[1];
  if (installed !== undefined) return { packageName: installed };
  const folder = joined.replace(/\/+$/u, "");
  // The whole project, or a place outside it, would take every import for the client.
  return folder === "" || folder === "." || folder === ".." || folder.startsWith("../") || folder.startsWith("/") ? undefined : { folder };
}

/** The library that a path inside a generated client stands for. */
export function createClientLookup(clients: readonly GeneratedClient[]): {
  readonly atPath: (path: string) => string | undefined;
  readonly named: (packageName: string) => string | undefined;
} {
  const folders = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { place, library } of clients) {
    if ("folder" in place) folders.set(place.folder, library);
    else names.set(place.packageName, library);
  }
  return {
    atPath: (path) => {
      if (folders.size === 0) return undefined;
      for (let at = path; at !== "" && at !== "."; at = folderOf(at)) {
        const library = folders.get(at);
        if (library !== undefined) return library;
      }
      return undefined;
    },
    named: (name) => names.get(name),
  };
}
