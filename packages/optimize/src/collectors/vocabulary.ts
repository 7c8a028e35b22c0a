/**
 * Words of addresses, keys and fields, which the agent hides because they may be a customer's, known again by their hashes: a word that stands in the
 * project's own sources, in the name of one of its files or in a statement is no customer's. Hosts may stand in its settings too.
 */
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Thread } from "./records.ts";

const hidden = /\{#([wh][\w-]{16})\}/g;

/** Bounds of what is looked at: files, bytes of one, bytes of all. */
const mostFiles = 20_000;
const largest = 1 << 20;
const mostBytes = 200 << 20;

const sources = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|graphql|gql|prisma|html?|ejs|hbs|pug|njk)$/;
const settings = /(?:^\.env(?:\.\w+)*|\.(?:json|ya?ml|toml|ini|env))$/;
/** Their words are those of customers who were made up: data to test with. */
const madeUp = /(?:^|[._-])(?:tests?|specs?|fixtures?|mocks?|__tests__|__mocks__|__fixtures__|seeds?|seeders?|e2e|cypress)(?:$|[._-])/i;
const left = new Set(["node_modules", "bower_components", "coverage"]);

/** Replaces what was hidden in the records of threads: by the word when it is known again, else by what stands for a value. */
export function recognise(threads: readonly Thread[], root: string, salt: string): void {
  const open = new Set(threads.flatMap(hiddenIn));
  const known = open.size === 0 ? new Map<string, string>() : wordsOf(open, threads, root, salt);
  for (const thread of threads) rename(thread, known);
}

function hiddenIn({ statements, requests, origins }: Thread): string[] {
  const texts = [
    ...[...statements.values()].map(({ text }) => text),
    ...requests.map(({ route }) => route),
    ...origins.map(({ column }) => column),
  ];
  return texts.flatMap((text) => [...text.matchAll(hidden)].map(([, hash = ""]) => hash));
}

/** Words by their hashes. */
function wordsOf(hashes: ReadonlySet<string>, threads: readonly Thread[], root: string, salt: string): Map<string, string> {
  const known = new Map<string, string>();
  const seen = new Set<string>();
  const look = (kind: "w" | "h", text: string): boolean => {
    for (const [word] of text.matchAll(kind === "w" ? /[\p{L}\p{N}_.~$-]+/gu : /[\w.-]+\.\w+/g)) {
      if (word.length > 64 || seen.has(kind + word)) continue;
      seen.add(kind + word);
      for (const one of kind === "w" ? new Set([word, word.replace(/^[.$-]+|[.$-]+$/g, ""), ...word.split(".")]) : [word.toLowerCase()]) {
        const hash = hashOf(kind, one, salt);
        if (hashes.has(hash)) known.set(hash, one);
      }
    }
    return known.size === hashes.size;
  };
  for (const { statements } of threads)
    for (const { library, text } of statements.values()) if (library !== "http" && library !== "redis" && look("w", text)) return known;
  for (const { name, text } of filesIn(root)) {
    const isSource = sources.test(name);
    if (isSource && look("w", name.replace(/\.\w+$/, ""))) break;
    if ((isSource && look("w", text)) || look("h", text)) break;
  }
  return known;
}

function hashOf(kind: string, word: string, salt: string): string {
  return (
    kind +
    createHmac("sha256", salt)
      .update(kind + word)
      .digest("base64url")
      .slice(0, 16)
  );
}

/** Sources and settings below the root, folders by their names too; links are not followed. */
function* filesIn(root: string): Generator<{ readonly name: string; readonly text: string }> {
  const folders = [root];
  let [files, bytes] = [0, 0];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of entriesOf(folder)) {
      if (left.has(entry.name) || madeUp.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(path);
      if (!entry.isFile() || !(sources.test(entry.name) || settings.test(entry.name))) continue;
      const size = sizeOf(path);
      files += 1;
      bytes += size;
      if (files > mostFiles || bytes > mostBytes) return;
      yield { name: `${folder.slice(root.length)}/${entry.name}`, text: size > largest ? "" : textOf(path) };
    }
  }
}

function entriesOf(folder: string): ReturnType<typeof listed> {
  try {
    return listed(folder);
  } catch {
    return [];
  }
}

const listed = (folder: string) => readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Statements that are the same one without what was hidden become one. */
function rename(thread: Thread, known: ReadonlyMap<string, string>): void {
  const shown = (text: string, otherwise: string): string => text.replace(hidden, (_, hash: string) => known.get(hash) ?? otherwise);
  const ids = new Map<number, number>();
  const first = new Map<string, number>();
  for (const [id, { library, text }] of thread.statements) {
    const statement = { library, text: library === "http" ? addressed(shown(text, ":id")) : shown(text, library === "redis" ? "*" : "?") };
    const key = `${library}\0${statement.text}`;
    const same = first.get(key) ?? id;
    first.set(key, same);
    if (same !== id) ids.set(id, same);
    thread.statements.set(id, statement);
  }
  const idOf = (id: number): number => ids.get(id) ?? id;
  replaceAll(thread.requests, (request) => ({ ...request, route: shown(request.route, ":id") }));
  replaceAll(thread.origins, (origin) => ({
    ...origin,
    column: shown(origin.column, "?"),
    statement: idOf(origin.statement),
    parent: idOf(origin.parent),
  }));
  if (ids.size === 0) return;
  replaceAll(thread.spans, (span) => ({ ...span, statement: idOf(span.statement) }));
  for (const key of Array.from(thread.chains)) {
    const [scope, statement, site] = key.split(".");
    thread.chains.add(`${scope}.${idOf(Number(statement))}.${site}`);
  }
  for (const id of Array.from(thread.ready)) thread.ready.add(idOf(id));
}

/** A parameter whose name is hidden is only there: `?:id=?` is `??`. */
const addressed = (text: string): string => text.replace(/([?&]):id=\?/g, "$1?");

function replaceAll<T>(list: T[], change: (one: T) => T): void {
  for (const [index, one] of list.entries()) list[index] = change(one);
}
