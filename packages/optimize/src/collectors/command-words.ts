/** A command as it is kept: what people hand over in it by name (`PASSWORD=…`, `--token …`, `postgres://user:…@host`) stays with them. */

const secret = /pass|pwd|secret|token|key|auth|credential|cookie|session|dsn/i;
/** A name of the environment, or an option, and what it is set to. */
const assignment = /(^|[\s;&])(-{0,2}[A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\s;&]+)/g;
const credentials = /(\b[a-z][\w+.-]*:\/\/)[^/\s@]+@/gi;
const asked = /(https?:\/\/[^\s?"']+\?)[^\s"']+/gi;

/** The words with `…` for what they hand over. */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? "";
    if (before.startsWith("-") && !before.includes("=") && secret.test(before) && !word.startsWith("-")) return "…";
    return word
      .replace(assignment, (all, gap: string, name: string) => (name.startsWith("-") && !secret.test(name) ? all : `${gap}${name}=…`))
      .replace(credentials, "$1…@")
      .replace(asked, "$1…");
  });
}
