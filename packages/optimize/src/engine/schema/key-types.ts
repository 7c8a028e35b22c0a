/** A column that refers to another one has its type, where its own declaration does not say one: Django's foreign keys, Sequelize's. */
import { columnNamed, plainName, type Column, type Table } from "../../model/schema.ts";

/** A key may refer to a key: so many steps. */
const most = 4;

export function withKeyTypes(tables: readonly Table[]): readonly Table[] {
  let current = tables;
  for (let step = 0; step < most; step++) {
    const next = current.map((table) => withTypes(table, current));
    if (next.every((table, place) => table === current[place])) break;
    current = next;
  }
  return current;
}

function withTypes(table: Table, tables: readonly Table[]): Table {
  let changed = false;
  const columns = table.columns.map((column): Column => {
    const type = column.type === "" ? typeBehind(table, column, tables) : "";
    if (type === "") return column;
    changed = true;
    return { ...column, type };
  });
  return changed ? { ...table, columns } : table;
}

function typeBehind({ foreignKeys }: Table, { name }: Column, tables: readonly Table[]): string {
  const key = foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === name);
  const target = key === undefined ? undefined : tables.find((one) => plainName(one.name) === plainName(key.table));
  const referred = key?.references[0] ?? (target?.primaryKey.length === 1 ? target.primaryKey[0] : undefined);
  const type = target === undefined || referred === undefined ? "" : (columnNamed(target, referred)?.type ?? "");
  // What counts by itself there is a number here.
  return type.replace(/^(small|big)?serial$/, (_, size: string | undefined) => (size === undefined ? "integer" : `${size}int`));
}
