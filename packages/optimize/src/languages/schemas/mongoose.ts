/** Schemas of Mongoose: paths and indexes of a collection. Mongoose makes the indexes that a schema declares. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Facts } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { IndexColumn } from "../../model/schema.ts";
import { calledName, entriesOf, folded, isTrue, objectIn, pathOf, property, scopeOf, textIn, textsIn, topLevelCalls } from "./folding.ts";
import type { Scope } from "./folding.ts";
import { plural } from "./plurals.ts";
import type { SchemaSources } from "./schema-text.ts";
import { siteIn } from "./sequelize/attributes.ts";

export function readMongoose(sources: SchemaSources): readonly SchemaPart[] {
  const packages = new Map<string, { files: Set<string>; changes: SchemaChange[] }>();
  for (const facts of sources.facts.values()) {
    if (!facts.imports.includes("mongoose")) continue;
    const changes = collections(facts);
    if (changes.length === 0) continue;
    const dir = sources.packageDir(facts.file);
    const own = packages.get(dir) ?? { files: new Set<string>(), changes: [] };
    packages.set(dir, own);
    own.files.add(facts.file);
    own.changes.push(...changes);
  }
  return [...packages].map(([folder, { files, changes }]): SchemaPart => ({
    by: "Mongoose",
    library: "mongoose",
    kind: "models",
    dialect: "mongodb",
    folder,
    files: [...files],
    changes,
    unknown: [],
  }));
}

/** `model("Order", schema)`, with what is said of the schema between. */
function collections(facts: Facts): readonly SchemaChange[] {
  const scope = scopeOf(facts);
  const calls = topLevelCalls(facts);
  return calls.flatMap((call): readonly SchemaChange[] => {
    const model = calledName(call) === "model" ? textIn(scope, call.args[0]?.value) : undefined;
    const given = call.args[1]?.value;
    const schema = folded(scope, given);
    if (model === undefined || schema?.kind !== "call" || calledName(schema) !== "Schema") return [];
    const options = schema.args[1]?.value;
    const table =
      textIn(scope, call.args[2]?.value) ?? textIn(scope, property(scope, options, "collection")) ?? plural(model.toLowerCase());
    const name = given?.kind === "name" ? given.name : undefined;
    const indexes = calls.filter((one) => calledName(one) === "index" && name !== undefined && pathOf(one.callee)?.[0] === name);
    return [
      { kind: "table", table, model, site: siteIn(scope, call) },
      { kind: "column", table, column: { name: "_id", type: "objectid", nullable: false } },
      { kind: "primary-key", table, columns: ["_id"] },
      ...paths(table, scope, schema.args[0]?.value, ""),
      ...stamps(table, scope, options),
      ...indexes.flatMap((one) => compound(table, scope, one)),
    ];
  });
}

function paths(table: string, scope: Scope, e: Expression | undefined, prefix: string): readonly SchemaChange[] {
  if (prefix.split(".").length > 6) return [];
  return entriesOf(scope, e).flatMap(([name, value]): readonly SchemaChange[] => {
    const path = `${prefix}${name}`;
    const site = siteIn(scope, value);
    const said = objectIn(scope, value);
    const isPath = said === undefined || property(scope, value, "type") !== undefined;
    if (!isPath) return paths(table, scope, value, `${path}.`);
    const type = said === undefined ? typeOf(scope, value) : typeOf(scope, property(scope, value, "type"));
    const values = type === "boolean" ? ["false", "true"] : textsIn(scope, property(scope, value, "enum"));
    const unique = isTrue(scope, property(scope, value, "unique")) === true;
    const index = folded(scope, property(scope, value, "index"));
    const indexed = index !== undefined && !(index.kind === "literal" && index.value === false);
    return [
      {
        kind: "column",
        table,
        column: {
          name: path,
          type,
          nullable: isTrue(scope, property(scope, value, "required")) !== true,
          site,
          ...(values.length === 0 ? {} : { values }),
        },
      },
      ...(unique || indexed
        ? [{ kind: "index", table, index: plainIndex([path], { unique, origin: unique ? "unique" : "declared", site }) } as const]
        : []),
    ];
  });
}

function typeOf(scope: Scope, e: Expression | undefined): string {
  const name = pathOf(folded(scope, e))?.at(-1) ?? "";
  return name.toLowerCase();
}

function stamps(table: string, scope: Scope, options: Expression | undefined): readonly SchemaChange[] {
  const said = folded(scope, property(scope, options, "timestamps"));
  if (said === undefined || (said.kind === "literal" && said.value === false)) return [];
  return ["createdAt", "updatedAt"].map((name) => ({ kind: "column", table, column: { name, type: "date", nullable: false } }));
}

/** `schema.index({ owner: 1, at: -1 }, { unique: true })` */
function compound(table: string, scope: Scope, call: CallExpression): readonly SchemaChange[] {
  const entries = entriesOf(scope, call.args[0]?.value);
  if (entries.length === 0) return [];
  const kinds = entries.map(([, value]) => textIn(scope, value)).flatMap((kind) => kind ?? []);
  const columns = entries.map(([name, value]): IndexColumn => ({ name, order: isDown(value) ? "desc" : "asc" }));
  const options = call.args[1]?.value;
  const partial = property(scope, options, "partialFilterExpression");
  const index = plainIndex([], {
    unique: isTrue(scope, property(scope, options, "unique")) === true,
    method: kinds[0] ?? "btree",
    site: siteIn(scope, call),
    ...(partial === undefined ? {} : { where: "…" }),
  });
  return [{ kind: "index", table, index: { ...index, columns } }];
}

function isDown(e: Expression): boolean {
  return (e.kind === "unary" && e.operator === "-") || (e.kind === "literal" && typeof e.value === "number" && e.value < 0);
}
