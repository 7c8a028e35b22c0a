/** Models of sequelize-typescript: classes whose fields are columns by decorator. */
import type { CallExpression } from "../../../model/facts-expressions.ts";
import { lineAt } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { SchemaSite } from "../../../model/schema.ts";
import { decoratorsOf, fieldsOf, meaningOf } from "../classes.ts";
import type { Ancestry, ClassAt, MemberAt } from "../classes.ts";
import { isTrue, objectIn, property, scopeOf, textIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import { plural, snake } from "../plurals.ts";
import type { SchemaSources } from "../schema-text.ts";
import { deletion } from "./attributes.ts";
import { sequelizeType, typeOfAnnotation } from "./types.ts";

export const isSequelize = (specifier: string): boolean =>
  /^(?:sequelize|sequelize-typescript|@sequelize\/core(?:\/.*)?|@nestjs\/sequelize)$/.test(specifier);

export function tableOfDecorated(at: ClassAt): string | undefined {
  const decorators = decoratorsOf(at.facts, at.class.decorators, isSequelize);
  if (!decorators.has("Table")) return undefined;
  const scope = scopeOf(at.facts);
  const options = decorators.get("Table")?.args[0]?.value;
  const own = textIn(scope, property(scope, options, "tableName"));
  if (own !== undefined) return own;
  const model = textIn(scope, property(scope, options, "modelName")) ?? at.class.name;
  const name = isTrue(scope, property(scope, options, "underscored")) === true ? snake(model) : model;
  return isTrue(scope, property(scope, options, "freezeTableName")) === true ? name : plural(name);
}

export function decoratedModel(sources: SchemaSources, at: ClassAt, ancestry: Ancestry): readonly SchemaChange[] {
  const table = tableOfDecorated(at);
  if (table === undefined) return [];
  const scope = scopeOf(at.facts);
  const options = decoratorsOf(at.facts, at.class.decorators, isSequelize).get("Table")?.args[0]?.value;
  const underscored = isTrue(scope, property(scope, options, "underscored")) === true;
  const changes: SchemaChange[] = [
    { kind: "table", table, model: at.class.name, site: { file: at.facts.file, line: lineAt(at.facts.lines, at.class.at) } },
  ];
  const model = textIn(scope, property(scope, options, "modelName"));
  if (model !== undefined)
    changes.push({ kind: "table", table, model, site: { file: at.facts.file, line: lineAt(at.facts.lines, at.class.at) } });
  const fields = fieldsOf(ancestry.classes).filter(({ member }) => isTrue(scope, property(scope, options, member.name)) !== false);
  for (const field of fields) changes.push(...fieldChanges(sources, table, field, fields, underscored));
  if (isTrue(scope, property(scope, options, "timestamps")) !== false)
    for (const name of ["createdAt", "updatedAt"])
      if (!fields.some(({ member }) => member.name === name) && isTrue(scope, property(scope, options, name)) !== false)
        changes.push({
          kind: "column",
          table,
          column: { name: underscored ? snake(name) : name, property: name, type: "timestamptz", nullable: false },
        });
  return changes;
}

/** From the first decorator to the end of the field: what a reader takes for its declaration. */
function siteOf({ at, member }: MemberAt): SchemaSite {
  const { lines, file } = at.facts;
  const start = Math.min(member.at, ...member.decorators.map((one) => one.at));
  const line = lineAt(lines, start);
  const endLine = lineAt(lines, member.at);
  return { file, line, ...(endLine > line ? { endLine } : {}) };
}

const columnDecorators = ["Column", "Attribute", "PrimaryKey", "CreatedAt", "UpdatedAt", "DeletedAt", "ForeignKey", "AutoIncrement"];

function fieldChanges(
  sources: SchemaSources,
  table: string,
  field: MemberAt,
  fields: readonly MemberAt[],
  underscored: boolean,
): readonly SchemaChange[] {
  const { facts } = field.at;
  const { member } = field;
  const found = decoratorsOf(facts, member.decorators, isSequelize);
  const scope = scopeOf(facts);
  const related = relation(sources, table, field, fields, found, scope);
  if (related !== undefined) return related;
  if (!columnDecorators.some((name) => found.has(name))) return [];
  const site = siteOf(field);
  const given = (found.get("Column") ?? found.get("Attribute"))?.args[0]?.value;
  const options = objectIn(scope, given) === undefined ? undefined : given;
  const stamp = found.has("CreatedAt") || found.has("UpdatedAt") || found.has("DeletedAt");
  const annotation =
    member.type?.kind === "name" ? member.type.path.at(-1) : member.type?.kind === "primitive" ? member.type.name : undefined;
  const type = given === undefined ? (stamp ? { type: "timestamptz" } : typeOfAnnotation(annotation)) : sequelizeType(scope, given);
  if (type === undefined) return [];
  const name = textIn(scope, property(scope, options, "field")) ?? (underscored ? snake(member.name) : member.name);
  const isKey = found.has("PrimaryKey") || isTrue(scope, property(scope, options, "primaryKey")) === true;
  const nullable =
    !isKey &&
    !(found.has("AllowNull")
      ? isTrue(scope, found.get("AllowNull")?.args[0]?.value) === false
      : found.has("NotNull") || isTrue(scope, property(scope, options, "allowNull")) === false);
  const fallback = found.get("Default")?.args[0]?.value;
  const constant = fallback?.kind === "literal" && fallback.value !== null ? String(fallback.value) : undefined;
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name,
        ...(name === member.name ? {} : { property: member.name }),
        ...type,
        nullable,
        ...(constant === undefined ? {} : { default: constant }),
        site,
      },
    },
  ];
  if (found.has("DeletedAt")) changes.push({ kind: "soft-delete", table });
  if (isKey) changes.push({ kind: "primary-key", table, columns: [name] });
  if (found.has("Unique") || isTrue(scope, property(scope, options, "unique")) === true)
    if (textIn(scope, found.get("Unique")?.args[0]?.value) === undefined)
      changes.push({ kind: "index", table, index: plainIndex([name], { unique: true, origin: "unique", site }) });
  if (found.has("Index") && textIn(scope, found.get("Index")?.args[0]?.value) === undefined)
    changes.push({ kind: "index", table, index: plainIndex([name], { site }) });
  const target = found.has("ForeignKey") ? targetOf(sources, field, found.get("ForeignKey")) : undefined;
  if (target !== undefined) {
    const owner = fields.find(({ at, member: other }) => {
      const belongs = decoratorsOf(at.facts, other.decorators, isSequelize).get("BelongsTo");
      return belongs !== undefined && keyOf(scopeOf(at.facts), belongs) === member.name;
    });
    const belongs = owner === undefined ? undefined : decoratorsOf(owner.at.facts, owner.member.decorators, isSequelize).get("BelongsTo");
    const does = belongs === undefined ? undefined : textIn(scope, property(scope, belongs.args[1]?.value, "onDelete"));
    changes.push({ kind: "foreign-key", table, key: { columns: [name], table: target, references: [], site, ...deletion(does) } });
  }
  return changes;
}

function keyOf(scope: Scope, call: CallExpression): string | undefined {
  const second = call.args[1]?.value;
  return (
    textIn(scope, second) ??
    textIn(scope, property(scope, second, "foreignKey")) ??
    textIn(scope, property(scope, property(scope, second, "foreignKey"), "name"))
  );
}

function targetOf(sources: SchemaSources, { at }: MemberAt, call: CallExpression | undefined): string | undefined {
  const meaning = meaningOf(sources, at.facts, call?.args[0]?.value);
  return meaning?.kind === "class" ? tableOfDecorated(meaning.at) : undefined;
}

function relation(
  sources: SchemaSources,
  table: string,
  field: MemberAt,
  fields: readonly MemberAt[],
  found: ReadonlyMap<string, CallExpression | undefined>,
  scope: Scope,
): readonly SchemaChange[] | undefined {
  const name = ["BelongsTo", "HasOne", "HasMany", "BelongsToMany"].find((one) => found.has(one));
  if (name === undefined) return undefined;
  const call = found.get(name);
  const target = targetOf(sources, field, call);
  if (target === undefined || call === undefined) return [];
  const changes: SchemaChange[] = [
    {
      kind: "relation",
      table,
      relation: { name: field.member.name, kind: name === "BelongsTo" || name === "HasOne" ? "one" : "many", table: target },
    },
  ];
  // Without a declared column the association makes one.
  const key = keyOf(scope, call);
  if (name === "BelongsTo" && key !== undefined && !fields.some(({ member }) => member.name === key)) {
    const site = siteOf(field);
    changes.push({ kind: "column", table, column: { name: key, type: "", nullable: true, site } });
    changes.push({
      kind: "foreign-key",
      table,
      key: {
        columns: [key],
        table: target,
        references: [],
        site,
        ...deletion(textIn(scope, property(scope, call.args[1]?.value, "onDelete"))),
      },
    });
  }
  return changes;
}
