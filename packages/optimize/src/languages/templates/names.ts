/** Which files are templates, and by which names programs ask for them. */

const folder = /(?:^|\/)(?:templates|jinja2)\//u;
const extension = /\.(?:html?|txt|xml|jinja2?|j2)$/iu;

/** A template stands below a folder of templates. */
export function isTemplatePath(path: string): boolean {
  return folder.test(path) && extension.test(path);
}

/** `shop/templates/shop/list.html` is asked for as `shop/list.html`: what stands below each such folder on its way. */
export function namesOfTemplate(path: string): string[] {
  const out: string[] = [];
  const parts = path.split("/");
  for (const [i, part] of parts.entries())
    if ((part === "templates" || part === "jinja2") && i < parts.length - 1) out.push(parts.slice(i + 1).join("/"));
  return out;
}

/** Finds a template by the name that a file says, `./` and `../` relative to it; of several the one beside the file that asks. */
export type FindTemplate = (name: string, from: string) => string | undefined;

export function templateFinder(files: readonly string[]): FindTemplate {
  const byName = new Map<string, string[]>();
  for (const path of files)
    if (isTemplatePath(path))
      for (const name of namesOfTemplate(path)) {
        const list = byName.get(name);
        if (list === undefined) byName.set(name, [path]);
        else list.push(path);
      }
  return (said, from) => {
    const found = byName.get(said.startsWith(".") ? absolute(said, from) : said);
    if (found === undefined || found.length < 2) return found?.[0];
    return found.reduce((best, path) => (shared(path, from) > shared(best, from) ? path : best));
  };
}

function absolute(said: string, from: string): string {
  const parts = (namesOfTemplate(from)[0] ?? from).split("/").slice(0, -1);
  for (const part of said.split("/"))
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  return parts.join("/");
}

/** How many folders two paths have in common. */
function shared(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  let count = 0;
  while (count < left.length && left[count] === right[count]) count++;
  return count;
}
