/** Table names as ORMs make them of class names. */

const irregular: Readonly<Record<string, string>> = {
  person: "people",
  man: "men",
  woman: "women",
  child: "children",
  tooth: "teeth",
  foot: "feet",
  mouse: "mice",
  goose: "geese",
  datum: "data",
  medium: "media",
  criterion: "criteria",
};
const same = new Set([
  "equipment",
  "information",
  "rice",
  "money",
  "species",
  "series",
  "fish",
  "sheep",
  "news",
  "metadata",
  "data",
  "media",
  "police",
  "feedback",
]);

/** English plural of the last word of a name: `UserCategory` gives `UserCategories`. */
export function plural(name: string): string {
  const parts = /^(.*?)([A-Z]?[a-z]+|[A-Z]+)$/.exec(name);
  const [, before = "", last = name] = parts ?? [];
  const lower = last.toLowerCase();
  if (same.has(lower)) return name;
  const odd = irregular[lower];
  if (odd !== undefined) return before + (last[0] === lower[0] ? odd : odd.charAt(0).toUpperCase() + odd.slice(1));
  if (lower.endsWith("is")) return `${name.slice(0, -2)}es`;
  if (/(?:ss|sh|ch|x|z|us)$/.test(lower)) return `${name}es`;
  if (lower.endsWith("s")) return name;
  if (/[^aeiou]y$/.test(lower)) return name.replace(/y$/, "ies");
  return `${name}s`;
}

/** `createdById` gives `created_by_id`. */
export function snake(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
