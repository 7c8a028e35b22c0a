import type { Index, Schema, Table } from "../../model/schema.ts";
import { rule } from "../../model/rule.ts";
import { indexName } from "../../model/schema-ddl.ts";
import { schemaPlace } from "../schema/place.ts";

export default rule({
  id: "db/redundant-index",
  title: "an index that another one holds",
  needs: ["schema"],
  provedBy: "the statistics of the server: the index is never read, and every write pays for it",
  tier: "candidate",
  check(project, report) {
    for (const schema of project.schemas)
      for (const table of schema.tables)
        for (const index of table.indexes) {
          const other = table.indexes.find((one) => one !== index && holds(schema, one, index, table));
          if (other === undefined || index.site === undefined) continue;
          const place = schemaPlace(index.site, `${table.models[0] ?? table.name}.${columnText(index)}`);
          report({
            place,
            function: place.function,
            tier: "candidate",
            message: `The index on \`${table.name}\` (${columnText(index)}) is the beginning of the one on (${columnText(other)}), which answers the same: each write of a row pays for both.`,
            advice: `Drop \`${index.name ?? indexName(table, index)}\` when the statistics of the server say that nothing reads it.`,
            effort: "S",
            path: [],
            atMost: "low",
            reason: "a narrower index may still be read more cheaply; how often is not known",
          });
        }
  },
});

function columnText(index: Index): string {
  return index.columns.map(({ name, expression, order }) => `${name ?? expression ?? ""}${order === "desc" ? " desc" : ""}`).join(", ");
}

/** `other` begins with what `index` is: same columns in the same order and direction, same method, class and condition; uniqueness is kept. */
function holds(schema: Schema, other: Index, index: Index, table: Table): boolean {
  if (
    index.unique ||
    index.origin === "primary key" ||
    index.origin === "foreign key" ||
    index.method !== "btree" ||
    other.method !== "btree"
  )
    return false;
  if (
    index.where !== other.where ||
    index.include.length > 0 ||
    index.columns.length === 0 ||
    (schema.dialect === "unknown" && table.partial !== undefined)
  )
    return false;
  if (index.columns.some(({ name }) => name === undefined) || other.columns.length < index.columns.length) return false;
  // Of two that are the same the later one goes.
  if (other.columns.length === index.columns.length && !other.unique && table.indexes.indexOf(other) > table.indexes.indexOf(index))
    return false;
  return index.columns.every((column, place) => {
    const same = other.columns[place];
    return same?.name === column.name && same?.order === column.order && same.opclass === column.opclass && same.nulls === column.nulls;
  });
}
