/** The lines of `optimize diff`. */
import type { EntryChange } from "../../model/entry-change.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { pad, width } from "./width.ts";
import { place } from "./words.ts";

/** The same words as in formulas. */
const nounOf: Readonly<Record<string, readonly [one: string, many: string]>> = {
  reads: ["query", "queries"],
  writes: ["write", "writes"],
  cache: ["cache command", "cache commands"],
  http: ["http call", "http calls"],
  blocking: ["blocking call", "blocking calls"],
  files: ["file operation", "file operations"],
  locks: ["lock", "locks"],
  jobs: ["job", "jobs"],
};

/** One line an entry point: before, after, by how much, where. */
export function changeLines(changes: readonly EntryChange[], paint: Paint): string[] {
  const rows = changes.map((change) => ({
    name: clean(change.name),
    before: change.before === null ? "(new)" : clean(change.before),
    after: change.after === null ? "(gone)" : clean(change.after),
    delta: change.deltas.map(deltaText).join(", "),
    where: place(change.site) + (change.via === undefined ? "" : ` via ${place(change.via)}`),
    grows: change.deltas.some((delta) => delta.by > 0),
  }));
  const columns = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.min(48, Math.max(0, ...rows.map((row) => width(pick(row)))));
  const [name, before, after, delta] = [
    columns((row) => row.name),
    columns((row) => row.before),
    columns((row) => row.after),
    columns((row) => row.delta),
  ];
  return rows.map((row) => {
    const shown = pad(row.delta, delta);
    return `${pad(row.name, name)}  ${pad(row.before, before)}  →  ${pad(row.after, after)}  ${paint(row.grows ? "red" : "green", shown)}  ${paint("dim", row.where)}`.trimEnd();
  });
}

/** "+1 query per order", "-2 queries" */
export function deltaText({ kind, term, by }: EntryChange["deltas"][number]): string {
  const [one, many] = nounOf[kind] ?? [kind, kind];
  const count = Math.abs(by);
  const per =
    term === ""
      ? ""
      : ` per ${term
          .split("*")
          .map((symbol) => singular(clean(symbol)))
          .join(" and ")}`;
  return `${by > 0 ? "+" : "-"}${count} ${count === 1 ? one : many}${per}`;
}

function singular(name: string): string {
  // "orders#2" is the second list of that name.
  const word = name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("$")) + 1).replace(/#\d+$/, "");
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
