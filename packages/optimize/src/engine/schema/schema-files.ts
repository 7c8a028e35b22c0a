/** Which files say what tables are, by their names. */

import type { Dirent } from "node:fs";

/** Schema files and SQL. */
export function isSchemaText(file: string | Dirent): boolean {
  return typeof file === "string" ? /\.(?:sql|prisma)$/u.test(file) : file.isFile() && isSchemaText(file.name);
}

/** What is read for the schema alone where nobody has walked a folder: sources in memory. */
export function isSchemaFile(file: string): boolean {
  return isSchemaText(file) || /(?:^|\/)(?:migrations?|versions)\/[^/]*$/u.test(file);
}
