/** Modules of our own as CommonJS: imports and exports as they are written here, and nothing more. */

/** @param text JavaScript with `import` and `export` statements that begin a line. */
export function commonJs(text: string): string {
  const exported: string[] = [];
  const body = text
    .replace(/^import \* as (\w+) from (".+?");$/gm, "const $1 = require($2);")
    .replace(/^import (\w+) from (".+?");$/gm, "const $1 = require($2);")
    .replace(
      /^import \{([^}]*)\} from (".+?");$/gm,
      (_, names: string, from: string) => `const {${names.replace(/ as /g, ": ")}} = require(${from});`,
    )
    .replace(/^export \{([^}]*)\} from (".+?");$/gm, (_, names: string, from: string) => {
      exported.push(
        ...names
          .split(",")
          .map((name) => name.trim())
          .filter(Boolean),
      );
      return `const {${names}} = require(${from});`;
    })
    .replace(/^export ((?:async )?(?:function\*? ?|class |const )\s*)(\w+)/gm, (_, words: string, name: string) => {
      exported.push(name);
      return words + name;
    });
  return exported.length === 0 ? body : `${body.trimEnd()}\n\nmodule.exports = { ${exported.join(", ")} };\n`;
}
