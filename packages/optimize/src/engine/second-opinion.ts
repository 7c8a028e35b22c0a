/** oxc-resolver for what the list of known files cannot answer: links inside the tree and folders with unusual manifests. */
import { join, relative, sep } from "node:path";
import { ResolverFactory } from "oxc-resolver";
import { isInside } from "./config-file.ts";
import type { KnownFiles } from "./known-files.ts";

/** A function that resolves a relative specifier from a folder (relative to `root`) to a known file. Only paths and manifests are looked at; what leads out of the tree is no answer. */
export function createSecondOpinion(root: string, files: KnownFiles): (folder: string, specifier: string) => string | undefined {
  let factory: ResolverFactory | undefined;
  return (folder, specifier) => {
    factory ??= new ResolverFactory({
      extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
      extensionAlias: { ".js": [".ts", ".tsx", ".js"], ".jsx": [".tsx", ".jsx"], ".mjs": [".mts", ".mjs"], ".cjs": [".cts", ".cjs"] },
      conditionNames: ["source", "import", "require", "node", "default"],
      mainFields: ["source", "module", "main"],
      nodePath: false,
    });
    const { path } = factory.sync(join(root, folder), specifier);
    if (path === undefined || !isInside(root, path)) return undefined;
    const found = relative(root, path).split(sep).join("/");
    return files.has(found) ? found : undefined;
  };
}
