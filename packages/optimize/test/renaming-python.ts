/** Python sources in which every name that the project itself gives is another one; what is derived from a name follows it. */
import { lowerPython } from "../src/languages/python/index.ts";

interface Source {
  readonly file: string;
  readonly text: string;
}

const suffix = "zq";
/** Names that the language and its frameworks call by convention. */
const conventional = new Set(
  [
    "self cls args kwargs id pk request response view context info root parent main handler app application",
    "ordering indexes constraints unique_together index_together db_table abstract proxy managed app_label",
    "Meta model models serializers admin settings apps urls views tasks tests objects urlpatterns default_app_config",
  ].flatMap((words) => words.split(" ")),
);

export function renamedPython(sources: readonly Source[], foreign: ReadonlySet<string>): Source[] {
  const own = new Set<string>();
  const imported = new Set<string>();
  const modules = new Set(sources.flatMap(({ file }) => file.replace(/\.py$/, "").split("/")));
  for (const source of sources) {
    if (!source.file.endsWith(".py")) continue;
    const { facts } = lowerPython(source);
    for (const binding of facts.bindings) {
      const { from } = binding;
      const isOwn = from === undefined || from.specifier.startsWith(".") || modules.has(from.specifier.split(".")[0] ?? "");
      (isOwn ? own : imported).add(binding.name);
    }
    for (const one of facts.classes) for (const member of one.members) own.add(member.name);
    // Attributes that methods give: `self.rows = …`.
    for (const match of source.text.matchAll(/\bself\.(\w+)\s*(?::[^=\n]+)?=[^=]/g)) own.add(match[1] ?? "");
  }
  for (const name of own) if (isKept(name)) own.delete(name);

  function isKept(name: string): boolean {
    return foreign.has(name) || imported.has(name) || modules.has(name) || conventional.has(name) || /^__\w+__$/.test(name) || name === "_";
  }
  const lowered = new Set([...own].map((name) => name.toLowerCase()));
  const other = (name: string): string => {
    if (own.has(name)) return `${name}${suffix}`;
    if (isKept(name)) return name;
    const end = /^(.+)(_id|_set|_ids)$/.exec(name);
    if (end !== null && (own.has(end[1] ?? "") || lowered.has(end[1] ?? ""))) return `${end[1] ?? ""}${suffix}${end[2] ?? ""}`;
    const got = /^(get|resolve)_(\w+)$/.exec(name);
    if (got !== null && own.has(got[2] ?? "")) return `${got[1] ?? ""}_${got[2] ?? ""}${suffix}`;
    return lowered.has(name) ? `${name}${suffix}` : name;
  };
  // `author__name=`: a path of names.
  const path = (text: string): string => (text.startsWith("_") ? other(text) : text.split("__").map(other).join("__"));
  for (const name of own) if (/^(get|resolve)_/.test(name) && own.has(name.replace(/^\w+?_/, ""))) own.delete(name);
  return sources.map(({ file, text }) => (file.endsWith(".py") ? { file, text: rewrite(text, path) } : { file, text }));
}

/** Identifiers, the expressions in f-strings, and strings that are nothing but names (`"author__city"`, `"shop.Order"`). */
function rewrite(text: string, path: (text: string) => string): string {
  const token =
    /#[^\n]*|([rbuRBU]{0,2}|[fF][rR]?|[rR][fF])("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|[A-Za-z_]\w*/g;
  return text.replace(token, (all: string, prefix: string | undefined, string: string | undefined) => {
    if (all.startsWith("#")) return all;
    if (string === undefined) return path(all);
    if (/f/i.test(prefix ?? "")) return `${prefix ?? ""}${string.replace(/\{[^{}]*\}/g, (inner) => inner.replace(/[A-Za-z_]\w*/g, path))}`;
    const quote = string.charAt(0);
    const inside = string.slice(1, -1);
    return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(inside) && !string.startsWith(quote.repeat(3))
      ? `${prefix ?? ""}${quote}${inside.replace(/[A-Za-z_]\w*/g, path)}${quote}`
      : all;
  });
}
