/** Models of Django. */
import type { Expression } from "../../../model/facts-expressions.ts";
import type { ClassFacts, Member } from "../../../model/facts.ts";
import { lineAt } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import type { SchemaSite } from "../../../model/schema.ts";
import { ancestryOf, fieldsOf, meaningOf } from "../classes.ts";
import type { ClassAt } from "../classes.ts";
import { isTrue, scopeOf, textIn } from "../folding.ts";
import type { SchemaSources } from "../schema-text.ts";
import type { AppOf } from "./apps.ts";
import { fieldChanges, fieldKind } from "./fields.ts";
import { optionChanges } from "./meta.ts";

/** Bases of packages that bring columns of their own. */
const plainBases = /^(?:.*\.)?(?:Model|object|ClusterableModel|Indexed|Generic|ABC|PolymorphicModel)$/;

export function isDjangoModel(sources: SchemaSources, at: ClassAt): boolean {
  return ancestryOf(sources, at).packages.some(
    ({ package: from, name }) =>
      (/^django(?:\.|$)/.test(from) && /(?:^|\.)(?:Model|AbstractUser|AbstractBaseUser|PermissionsMixin)$/.test(name)) ||
      /(?:^|\.)(?:MP_Node|NS_Node|AL_Node|MPTTModel|ClusterableModel|PolymorphicModel|TimeStampedModel|AbstractToken)$/.test(name) ||
      (/^wagtail\b/.test(from) && /(?:^|\.)Page$/.test(name)),
  );
}

/** The table of a class; undefined for abstract ones and for those that share the table of another. */
export function djangoTable(sources: SchemaSources, at: ClassAt, apps: AppOf): string | undefined {
  if (metaFlag(at, "abstract") || metaFlag(at, "proxy")) return undefined;
  const own = textIn(scopeOf(at.facts), metaValue(at.class, at, "db_table"));
  if (own !== undefined) return own;
  const label = textIn(scopeOf(at.facts), metaValue(at.class, at, "app_label")) ?? apps(at.facts.file).label;
  return `${label}_${at.class.name.toLowerCase()}`;
}

function metaOf(at: ClassAt): ClassFacts | undefined {
  const member = at.class.members.find((one) => one.name === "Meta");
  return member?.value?.kind === "class" ? at.facts.classes[member.value.class] : undefined;
}

function metaValue(_: ClassFacts, at: ClassAt, name: string): Expression | undefined {
  return metaOf(at)?.members.find((one) => one.name === name)?.value;
}

function metaFlag(at: ClassAt, name: string): boolean {
  return isTrue(scopeOf(at.facts), metaValue(at.class, at, name)) === true;
}

export function modelChanges(sources: SchemaSources, at: ClassAt, apps: AppOf): readonly SchemaChange[] {
  const table = djangoTable(sources, at, apps);
  if (table === undefined || isTrue(scopeOf(at.facts), metaValue(at.class, at, "managed")) === false) return [];
  const ancestry = ancestryOf(sources, at);
  const foreign = ancestry.packages.find(({ name }) => !plainBases.test(name));
  const changes: SchemaChange[] = [
    {
      kind: "table",
      table,
      model: at.class.name,
      site: siteAt(at, at.class.at),
      ...(foreign === undefined ? {} : { partial: `it extends \`${foreign.name}\` of \`${foreign.package}\`` }),
    },
  ];
  const parent = ancestry.classes.slice(1).find((one) => isDjangoModel(sources, one) && djangoTable(sources, one, apps) !== undefined);
  // What stands in a table above is there, joined by a key.
  const above = new Set(parent === undefined ? [] : ancestryOf(sources, parent).classes.map((one) => one.class));
  const members = fieldsOf(ancestry.classes.filter((one) => !above.has(one.class)));
  const columns = new Map<string, string>();
  let hasKey = false;
  for (const { at: declared, member } of members) {
    if (member.value?.kind !== "call") continue;
    const call = member.value;
    const kind = fieldKind(sources, declared.facts, call);
    if (kind === undefined) continue;
    const own = fieldChanges(kind, {
      table,
      name: member.name,
      scope: scopeOf(declared.facts),
      call,
      site: siteOfMember(declared, member),
      target: (e) => targetTable(sources, at, declared, e, apps),
    });
    for (const change of own) {
      if (change.kind === "column") columns.set(member.name, change.column.name);
      if (change.kind === "primary-key" && change.table === table) hasKey = true;
    }
    changes.push(...own);
  }
  if (parent !== undefined) {
    const key = `${parent.class.name.toLowerCase()}_ptr_id`;
    const target = djangoTable(sources, parent, apps) ?? "";
    changes.push(
      { kind: "column", table, column: { name: key, type: "", nullable: false } },
      { kind: "primary-key", table, columns: [key] },
      { kind: "foreign-key", table, key: { columns: [key], table: target, references: [], onDelete: "cascade" } },
    );
  } else if (!hasKey) {
    changes.push(
      { kind: "column", table, column: { name: "id", type: "bigint", nullable: false, generated: "identity" } },
      { kind: "primary-key", table, columns: ["id"] },
    );
  }
  changes.push(...metaChanges(sources, at, table, (field) => columns.get(field) ?? (field === "pk" ? "id" : field)));
  return changes;
}

/** Options of the nearest class that has a `Meta`, and of those that it extends: `class Meta(Base.Meta)`. */
function metaChanges(sources: SchemaSources, at: ClassAt, table: string, column: (field: string) => string): readonly SchemaChange[] {
  const seen = new Set<string>();
  const changes: SchemaChange[] = [];
  for (const one of ancestryOf(sources, at).classes) {
    const meta = metaOf(one);
    if (meta === undefined) continue;
    const scope = scopeOf(one.facts);
    for (const member of meta.members) {
      if (member.value === undefined || seen.has(member.name)) continue;
      seen.add(member.name);
      changes.push(...optionChanges(member.name, member.value, { table, scope, site: siteOfMember(one, member), column }));
    }
    if (meta.bases.length === 0) break;
  }
  return changes;
}

/** `"app.Model"`, `"Model"`, `"self"`, a class, `settings.AUTH_USER_MODEL`. */
function targetTable(sources: SchemaSources, at: ClassAt, declared: ClassAt, e: Expression | undefined, apps: AppOf): string | undefined {
  const text = textIn(scopeOf(declared.facts), e);
  if (text === "self") return djangoTable(sources, at, apps);
  if (text !== undefined) {
    const [label, name] = text.includes(".") ? text.split(".") : [apps(declared.facts.file).label, text];
    return `${label}_${(name ?? "").toLowerCase()}`;
  }
  if (e?.kind === "member" && e.name === "AUTH_USER_MODEL") return "auth_user";
  const meaning = meaningOf(sources, declared.facts, e);
  if (meaning?.kind === "class") return djangoTable(sources, meaning.at, apps);
  return meaning?.kind === "package"
    ? `${meaning.package.split(".").at(-2) ?? ""}_${meaning.name.split(".").at(-1)?.toLowerCase() ?? ""}`
    : undefined;
}

function siteAt(at: ClassAt, offset: number): SchemaSite {
  return { file: at.facts.file, line: lineAt(at.facts.lines, offset) };
}

function siteOfMember(at: ClassAt, member: Member): SchemaSite {
  const line = lineAt(at.facts.lines, member.at);
  const endLine = member.value === undefined ? line : lineAt(at.facts.lines, member.value.end);
  return { file: at.facts.file, line, ...(endLine > line ? { endLine } : {}) };
}
