/** Fields of Django as columns: which of them are indexed by themselves, and what the database calls them. */
import type { CallExpression, Expression } from "../../../model/facts-expressions.ts";
import type { Facts } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { ForeignKey, SchemaSite } from "../../../model/schema.ts";
import type { ClassAt } from "../classes.ts";
import { ancestryOf, meaningOf } from "../classes.ts";
import { argument, calledName, elementsIn, isTrue, keywordOf, numberIn, textIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import type { SchemaSources } from "../schema-text.ts";

const types: Readonly<Record<string, string>> = {
  AutoField: "integer",
  BigAutoField: "bigint",
  SmallAutoField: "smallint",
  BigIntegerField: "bigint",
  BinaryField: "bytea",
  BooleanField: "boolean",
  NullBooleanField: "boolean",
  CharField: "varchar",
  DateField: "date",
  DateTimeField: "timestamptz",
  DecimalField: "numeric",
  DurationField: "interval",
  EmailField: "varchar(254)",
  FileField: "varchar(100)",
  FilePathField: "varchar(100)",
  FloatField: "double precision",
  GenericIPAddressField: "inet",
  ImageField: "varchar(100)",
  IntegerField: "integer",
  JSONField: "jsonb",
  PositiveBigIntegerField: "bigint",
  PositiveIntegerField: "integer",
  PositiveSmallIntegerField: "smallint",
  SlugField: "varchar(50)",
  SmallIntegerField: "smallint",
  TextField: "text",
  TimeField: "time",
  URLField: "varchar(200)",
  UUIDField: "uuid",
  ArrayField: "text[]",
  HStoreField: "hstore",
  SearchVectorField: "tsvector",
  CITextField: "citext",
};
const keys = new Set(["ForeignKey", "OneToOneField", "ParentalKey", "TreeForeignKey", "AutoOneToOneField", "SortedForeignKey"]);
const many = new Set(["ManyToManyField", "ParentalManyToManyField", "SortedManyToManyField", "TreeManyToManyField"]);

export interface DjangoField {
  readonly kind: "column" | "key" | "one-to-one" | "many";
  /** The field's class as Django or another package calls it. */
  readonly name: string;
  /** Its class says that it is unique. */
  readonly unique?: boolean;
}

/** What the call of a field makes; undefined when it is no field. Fields of the project count as what they extend. */
export function fieldKind(sources: SchemaSources, facts: Facts, call: CallExpression): DjangoField | undefined {
  const meaning = meaningOf(sources, facts, call.callee);
  const names =
    meaning?.kind === "class"
      ? ancestryOf(sources, meaning.at).packages.map((one) => one.name)
      : [meaning?.kind === "package" ? meaning.name : calledName(call)];
  for (const full of names) {
    const name = full.slice(full.lastIndexOf(".") + 1);
    if (many.has(name)) return { kind: "many", name };
    if (name === "OneToOneField" || name === "AutoOneToOneField") return { kind: "one-to-one", name };
    if (keys.has(name)) return { kind: "key", name };
    if (name === "GenericForeignKey" || name === "GenericRelation" || name === "Field") continue;
    if (name.endsWith("Field")) return { kind: "column", name, unique: meaning?.kind === "class" && saysUnique(meaning.at) };
  }
  return undefined;
}

/** `super().__init__(…, unique=True)` in a method of the class. */
function saysUnique({ facts, class: { members } }: ClassAt): boolean {
  return members.some((member) => member.function !== undefined && says(facts.functions[member.function]?.body));
}

function says(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if ("name" in part && part.name === "unique" && "value" in part && isTrueLiteral(part.value)) return true;
  return Object.values(part).some(says);
}

function isTrueLiteral(e: unknown): boolean {
  return typeof e === "object" && e !== null && "kind" in e && e.kind === "literal" && "value" in e && e.value === true;
}

export interface FieldPlace {
  readonly table: string;
  readonly name: string;
  readonly scope: Scope;
  readonly call: CallExpression;
  readonly site: SchemaSite;
  /** The table of a model that is named, or given as a class. */
  readonly target: (e: Expression | undefined) => string | undefined;
}

export function fieldChanges(field: DjangoField, place: FieldPlace): readonly SchemaChange[] {
  const { table, name, scope, call, site } = place;
  const { args } = call;
  const flag = (keyword: string): boolean | undefined => isTrue(scope, keywordOf(args, keyword));
  if (field.kind === "many") return manyToMany(place);
  const isKey = field.kind !== "column";
  const column = textIn(scope, keywordOf(args, "db_column")) ?? (isKey ? `${name}_id` : name);
  const choices = choicesIn(scope, keywordOf(args, "choices"));
  const type = isKey ? "" : typeOf(field.name, numberIn(scope, keywordOf(args, "max_length")));
  const values = type === "boolean" ? ["false", "true"] : choices;
  const fallback = keywordOf(args, "default");
  const constant = fallback?.kind === "literal" && fallback.value !== null ? String(fallback.value) : undefined;
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name: column,
        ...(column === name ? {} : { property: name }),
        type,
        nullable: flag("null") === true || field.name === "NullBooleanField",
        ...(constant === undefined ? {} : { default: constant }),
        ...(field.name.endsWith("AutoField") ? { generated: "identity" as const } : {}),
        ...(values === undefined ? {} : { values }),
        site,
      },
    },
  ];
  const target = isKey ? place.target(argument(args, 0, "to")) : undefined;
  if (target !== undefined)
    changes.push(
      {
        kind: "foreign-key",
        table,
        key: { columns: [column], table: target, references: [], site, ...onDelete(args, flag("db_constraint")) },
      },
      { kind: "relation", table, relation: { name, kind: "one", table: target } },
    );
  if (flag("primary_key") === true) changes.push({ kind: "primary-key", table, columns: [column] });
  else if (flag("unique") === true || field.unique === true || field.kind === "one-to-one")
    changes.push({ kind: "index", table, index: plainIndex([column], { unique: true, origin: "unique", site }) });
  else if (flag("db_index") ?? (isKey || field.name === "SlugField"))
    changes.push({ kind: "index", table, index: plainIndex([column], { origin: isKey ? "foreign key" : "declared", site }) });
  return changes;
}

function onDelete(args: CallExpression["args"], constraint: boolean | undefined): Pick<ForeignKey, "onDelete" | "virtual"> {
  const e = argument(args, 1, "on_delete");
  const name = e?.kind === "member" ? e.name : e?.kind === "name" ? e.name : "";
  const does = (
    {
      CASCADE: "cascade",
      PROTECT: "restrict",
      RESTRICT: "restrict",
      SET_NULL: "set null",
      SET_DEFAULT: "set default",
      DO_NOTHING: "no action",
    } as const
  )[name as "CASCADE"];
  return { ...(does === undefined ? {} : { onDelete: does }), ...(constraint === false ? { virtual: true as const } : {}) };
}

/** The table between the two sides, which Django makes and indexes. */
function manyToMany({ table, name, scope, call, site, target }: FieldPlace): readonly SchemaChange[] {
  const other = target(argument(call.args, 0, "to"));
  const relation: readonly SchemaChange[] =
    other === undefined ? [] : [{ kind: "relation", table, relation: { name, kind: "many", table: other } }];
  if (keywordOf(call.args, "through") !== undefined) return relation;
  const between = textIn(scope, keywordOf(call.args, "db_table")) ?? `${table}_${name}`;
  const own = `${table.slice(table.indexOf("_") + 1)}_id`;
  const there = other === undefined ? undefined : other === table ? `to_${own}` : `${other.slice(other.indexOf("_") + 1)}_id`;
  const first = other === table ? `from_${own}` : own;
  const columns = there === undefined ? [first] : [first, there];
  return [
    ...relation,
    { kind: "table", table: between, site, ...(there === undefined ? { partial: "the other side of the relation is not known" } : {}) },
    { kind: "column", table: between, column: { name: "id", type: "bigint", nullable: false, generated: "identity" } },
    { kind: "primary-key", table: between, columns: ["id"] },
    ...columns.flatMap((column): SchemaChange[] => [
      { kind: "column", table: between, column: { name: column, type: "", nullable: false, site } },
      { kind: "index", table: between, index: plainIndex([column], { origin: "foreign key", site }) },
    ]),
    { kind: "index", table: between, index: plainIndex(columns, { unique: true, origin: "unique", site }) },
  ];
}

function typeOf(name: string, length: number | undefined): string {
  const type = types[name] ?? "";
  return length !== undefined && type.startsWith("varchar") ? `varchar(${length})` : type === "varchar" ? "varchar(255)" : type;
}

function choicesIn(scope: Scope, e: Expression | undefined): readonly string[] | undefined {
  const values = elementsIn(scope, e)?.flatMap((pair) => textIn(scope, elementsIn(scope, pair)?.[0]) ?? []);
  return values === undefined || values.length === 0 ? undefined : values;
}
