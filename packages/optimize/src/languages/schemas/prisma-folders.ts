/** The Prisma schemas of a project: the files of a folder and of those below it are one. */
import type { SchemaPart } from "../../model/schema-change.ts";
import { readPrisma } from "./prisma.ts";
import type { SchemaSources, SchemaText } from "./schema-text.ts";

export function readPrismaFolders(sources: SchemaSources): readonly SchemaPart[] {
  const files = sources.texts.filter(({ file }) => file.endsWith(".prisma"));
  // The folder of the datasource holds the others.
  const roots = files
    .filter(({ text }) => /^\s*datasource\s+\w+\s*\{/mu.test(text))
    .map(({ file }) => folderOf(file))
    .sort((a, b) => b.length - a.length);
  const folders = new Map<string, SchemaText[]>();
  for (const text of files) {
    const folder = roots.find((root) => root === "" || text.file.startsWith(`${root}/`)) ?? folderOf(text.file);
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [text]);
    else list.push(text);
  }
  return [...folders].flatMap(([folder, texts]) => {
    const own = texts.filter(({ text }) => /^\s*datasource\s/mu.test(text));
    // Two datasources in one folder are two schemas that happen to lie side by side.
    const groups = own.length > 1 ? texts.map((text) => [text]) : [texts];
    return groups.map((group) => readPrisma(folder, group)).filter((part) => part.changes.length > 0 || part.unknown.length > 0);
  });
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}
