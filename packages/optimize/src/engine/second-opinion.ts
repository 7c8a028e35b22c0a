/** oxc-resolver for what the list of known files cannot answer: links inside the tree and folders with unusual manifests. */
import { dirname, join, relative, sep } from "node:path";
import { ResolverFactory } from "oxc-resolver";
import { isInside, readConfigText } from "./config-file.ts";
import { isNoted } from "./inputs.ts";
import type { KnownFiles } from "./known-files.ts";
import { askReal, listFolder } from "./listing.ts";

/** A function that resolves a relative specifier from a folder (relative to `root`) to a known file. Only paths and manifests are looked at; what leads out of the tree is no answer. */
export function createSecondOpinion(root: string, files: KnownFiles): (folder: string, specifier: string) => string | undefined {
  let factory: ResolverFactory | undefined;
  const noted = new Set<string>();
  return (folder, specifier) => {
    factory ??= new ResolverFactory({
      extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
      extensionAlias: { ".js": [".ts", ".tsx", ".js"], ".jsx": [".tsx", ".jsx"], ".mjs": [".mts", ".mjs"], ".cjs": [".cts", ".cjs"] },
      conditionNames: ["source", "import", "require", "node", "default"],
      mainFields: ["source", "module", "main"],
      nodePath: false,
    });
    const { path } = factory.sync(join(root, folder), specifier);
    if (isNoted()) noteAround(join(root, folder, specifier), root, noted);
    if (path === undefined || !isInside(root, path)) return undefined;
    const found = relative(root, path).split(sep).join("/");
    return files.has(found) ? found : undefined;
  };
}

/** The native resolver does not say what it asked: all that it may have looked at to find a relative path. */
function noteAround(path: string, boundary: string, noted: Set<string>): void {
  for (const folder of [dirname(path), path]) {
    if (noted.has(folder)) continue;
    noted.add(folder);
    askReal(folder);
    try {
      listFolder(folder);
    } catch {
      // That there is none is an answer.
    }
  }
  readConfigText(join(path, "package.json"), boundary);
}
