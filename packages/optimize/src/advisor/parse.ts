/** PostgreSQL's own parser, loaded once. */
let loading: Promise<(sql: string) => unknown> | undefined;

/** The tree of a statement. Throws the parser's error. */
export async function parseStatement(sql: string): Promise<unknown> {
  loading ??= import("libpg-query").then(async ({ loadModule, parseSync }) => {
    await loadModule();
    return parseSync;
  });
  return (await loading)(sql);
}
