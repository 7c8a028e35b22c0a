/** Which files say what tables are, by their names. */

/** Schema files and SQL. */
export function isSchemaText(file: string): boolean {
  return /\.(?:sql|prisma)$/u.test(file);
}

/** What is read for the schema alone where nobody has walked a folder: sources in memory. */
export function isSchemaFile(file: string): boolean {
  return isSchemaText(file) || /(?:^|\/)(?:migrations?|versions)\/[^/]*$/u.test(file);
}
