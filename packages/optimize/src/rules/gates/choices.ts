/** How each data layer is asked for some columns only, and for the number of related rows. */
import type { Operation } from "../../model/project.ts";

/** "`select: { id: true }`" */
export function choiceOf({ library, sql, spec }: Operation, columns: readonly string[]): string {
  const shown = columns.length === 0 ? ["id"] : columns;
  const keys = `{ ${shown.map((name) => `${name}: true`).join(", ")} }`;
  const texts = shown.map((name) => `"${name}"`).join(", ");
  if (sql !== undefined) return `\`SELECT ${shown.join(", ")}\``;
  switch (library) {
    case "prisma":
    case "typeorm":
      return `\`select: ${keys}\``;
    case "drizzle":
      return `\`columns: ${keys}\``;
    case "sequelize":
      return `\`attributes: [${texts}]\``;
    case "mikro-orm":
      return `\`fields: [${texts}]\``;
    case "mongoose":
      return `\`.select("${shown.join(" ")}")\``;
    case "django":
      return spec.list === true && shown.length === 1 ? `\`.values_list(${texts}, flat=True)\`` : `\`.only(${texts})\``;
    case "sqlalchemy":
      return `\`load_only(${shown.map((name) => `Model.${name}`).join(", ")})\``;
    default:
      return `\`select(${texts})\``;
  }
}

/** What counts related rows beside the rows that are read. */
export function countOf({ library }: Operation, relation: string): string {
  switch (library) {
    case "prisma":
      return `\`_count: { select: { ${relation}: true } }\``;
    case "typeorm":
      return "`loadRelationCountAndMap`, or a `count` with `GROUP BY`";
    default:
      return "a count with `GROUP BY` on the key";
  }
}

/** What says which related rows come with a row. */
export function narrowOf({ library }: Operation, relation: string, first: boolean): string {
  switch (library) {
    case "sequelize":
      return first ? "`limit: 1` and `separate: true` in the include" : "`where` and `required: false` in the include";
    case "drizzle":
      return `\`with: { ${relation}: { ${first ? "limit: 1" : "where: …"} } }\``;
    default:
      return `\`${relation}: { ${first ? "take: 1" : "where: { … }"} }\``;
  }
}
