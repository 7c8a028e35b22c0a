/** Places in a schema as places of findings. */
import type { Place } from "../../model/project.ts";
import type { Schema, SchemaSite, Table } from "../../model/schema.ts";

/** The place of a column, an index or a table; `symbol` is what keeps the finding's id when lines move. */
export function schemaPlace(site: SchemaSite, symbol: string): Place {
  const { file, line, endLine = line } = site;
  const language = file.endsWith(".py") ? "python" : "javascript";
  return {
    file,
    at: 0,
    end: 0,
    line,
    endLine,
    column: 1,
    function: { id: `schema:${file}:${symbol}`, file, symbol, line, endLine, async: false, className: undefined, module: true, language },
  };
}

/** Where a column is declared, else its table. */
export function columnPlace(schema: Schema, table: Table, name: string): Place | undefined {
  const own = table.columns.find((column) => column.name === name)?.site;
  // What a class inherits is mended where it stands only when the models say the indexes; migrations say them table by table.
  const shared = own !== undefined && table.site !== undefined && own.file !== table.site.file;
  const site = shared && schema.sources[0]?.by !== "Django" ? table.site : (own ?? table.site);
  return site === undefined ? undefined : schemaPlace(site, `${table.models[0] ?? table.name}.${name}`);
}
