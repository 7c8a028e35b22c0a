/** Migrations of Sequelize: what `up` asks of the query interface. */
import type { Facts } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import type { Expression } from "../../../model/facts-expressions.ts";
import type { UnknownPart } from "../../../model/schema.ts";
import { entriesOf, elementsIn, isTrue, pathOf, property, textIn, textsIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import { readDdl } from "../sql/index.ts";
import { functionNamed, stepsOf } from "../steps.ts";
import { attributeChanges, deletion, indexIn, siteIn } from "./attributes.ts";

/** Whether the file is such a migration: `up` calls methods of an interface that only Sequelize has. */
export function isSequelizeMigration(facts: Facts): boolean {
  const up = functionNamed(facts, "up");
  return up !== undefined && stepsOf(facts, up).some(({ call }) => methods.has(call.callee.kind === "member" ? call.callee.name : ""));
}

const methods = new Set(
  "createTable addColumn removeColumn changeColumn renameColumn addIndex removeIndex addConstraint removeConstraint renameTable dropTable".split(
    " ",
  ),
);

export function sequelizeMigration(facts: Facts, unknown: UnknownPart[]): readonly SchemaChange[] {
  const up = functionNamed(facts, "up");
  if (up === undefined) return [];
  return stepsOf(facts, up).flatMap(({ call, scope }) => {
    const path = pathOf(call.callee) ?? (call.callee.kind === "member" ? ["", call.callee.name] : []);
    const method = path.at(-1) ?? "";
    const args = call.args.map((one) => one.value);
    const site = siteIn(scope, call);
    if (method === "query" && args.length > 0) {
      const sql = textIn(scope, args[0]);
      if (sql === undefined) return [];
      const read = readDdl(sql, { file: facts.file, line: site.line });
      unknown.push(...read.unknown);
      return read.changes;
    }
    if (!methods.has(method)) return [];
    const table = tableIn(scope, args[0]);
    if (table === undefined) {
      unknown.push({ file: facts.file, line: site.line, why: `the table of \`${method}\` is computed` });
      return [];
    }
    return changesOf(method, table, scope, args, site);
  });
}

function tableIn(scope: Scope, e: Expression | undefined): string | undefined {
  return textIn(scope, e) ?? textIn(scope, property(scope, e, "tableName"));
}

function changesOf(
  method: string,
  table: string,
  scope: Scope,
  args: readonly Expression[],
  site: ReturnType<typeof siteIn>,
): readonly SchemaChange[] {
  const name = textIn(scope, args[1]);
  switch (method) {
    case "createTable":
      return [
        { kind: "table", table, site },
        ...entriesOf(scope, args[1]).flatMap(([column, value]) => attributeChanges(table, column, scope, value, siteIn(scope, value))),
        ...uniqueKeys(table, scope, property(scope, args[2], "uniqueKeys"), site),
      ];
    case "addColumn":
      return name === undefined || args[2] === undefined ? [] : attributeChanges(table, name, scope, args[2], site);
    case "changeColumn":
      return name === undefined || args[2] === undefined ? [] : attributeChanges(table, name, scope, args[2], site).map(changed);
    case "removeColumn":
      return name === undefined ? [] : [{ kind: "drop-column", table, name }];
    case "renameColumn": {
      const to = textIn(scope, args[2]);
      return name === undefined || to === undefined ? [] : [{ kind: "rename-column", table, name, to }];
    }
    case "renameTable":
      return name === undefined ? [] : [{ kind: "rename-table", table, to: name }];
    case "dropTable":
      return [{ kind: "drop-table", table }];
    case "addIndex": {
      const isList = elementsIn(scope, args[1]) !== undefined;
      const index = indexIn(scope, isList ? args[1] : property(scope, args[1], "fields"), isList ? args[2] : args[1], site);
      const gently = isTrue(scope, property(scope, isList ? args[2] : args[1], "concurrently")) === true;
      return index === undefined ? [] : [{ kind: "index", table, index, ...(gently ? { gently } : {}) }];
    }
    case "removeIndex":
      return [
        { kind: "drop-index", table, ...(name === undefined ? { columns: textsIn(scope, args[1]), unnamed: true as const } : { name }) },
      ];
    case "addConstraint":
      return constraint(table, scope, args, site);
    default:
      return name === undefined ? [] : [{ kind: "drop-index", table, name }];
  }
}

/** What a change leaves out stays: the place where the column was made, and its being null. */
function changed(change: SchemaChange): SchemaChange {
  if (change.kind !== "column") return change;
  const { site: _, ...column } = change.column;
  return { ...change, column };
}

function uniqueKeys(table: string, scope: Scope, keys: Expression | undefined, site: ReturnType<typeof siteIn>): readonly SchemaChange[] {
  return entriesOf(scope, keys).flatMap(([name, value]) => {
    const index = indexIn(scope, property(scope, value, "fields"), undefined, site);
    return index === undefined ? [] : [{ kind: "index", table, index: { ...index, name, unique: true, origin: "unique" } } as const];
  });
}

function constraint(table: string, scope: Scope, args: readonly Expression[], site: ReturnType<typeof siteIn>): readonly SchemaChange[] {
  const isList = elementsIn(scope, args[1]) !== undefined;
  const options = isList ? args[2] : args[1];
  const columns = textsIn(scope, isList ? args[1] : property(scope, options, "fields"));
  const type = textIn(scope, property(scope, options, "type"))?.toLowerCase();
  const name = textIn(scope, property(scope, options, "name"));
  const named = name === undefined ? {} : { name };
  if (columns.length === 0) return [];
  if (type === "primary key") return [{ kind: "primary-key", table, columns, ...named }];
  if (type === "unique") {
    const index = indexIn(scope, isList ? args[1] : property(scope, options, "fields"), undefined, site);
    return index === undefined ? [] : [{ kind: "index", table, index: { ...index, ...named, unique: true, origin: "unique" } }];
  }
  if (type !== "foreign key") return [];
  const references = property(scope, options, "references");
  const target = textIn(scope, property(scope, references, "table")) ?? textIn(scope, property(scope, references, "model"));
  if (target === undefined) return [];
  const to = textIn(scope, property(scope, references, "field"));
  return [
    {
      kind: "foreign-key",
      table,
      key: {
        columns,
        table: target,
        references: to === undefined ? [] : [to],
        site,
        ...named,
        ...deletion(textIn(scope, property(scope, options, "onDelete"))),
      },
    },
  ];
}
