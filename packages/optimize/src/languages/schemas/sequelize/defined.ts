/** Models of Sequelize that a call makes: `sequelize.define("user", { … })`, `User.init({ … }, { … })`. */
import type { CallExpression, Expression } from "../../../model/facts-expressions.ts";
import type { Facts } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import { elementsIn, entriesOf, isTrue, pathOf, property, scopeOf, textIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import { plural, snake } from "../plurals.ts";
import { stepsOf } from "../steps.ts";
import { attributeChanges, deletion, indexIn, siteIn } from "./attributes.ts";
import { isSequelize } from "./decorated.ts";
import { modelsElsewhere } from "./elsewhere.ts";

/** Tables that the file defines. A file that takes `sequelize` as a parameter needs no import of it. */
export function definedModels(facts: Facts, elsewhere: ReadonlyMap<string, Facts>): readonly SchemaChange[] {
  const takes = facts.imports.some(isSequelize);
  const changes: SchemaChange[] = [];
  const names = new Map<string, string>();
  const later: { readonly call: CallExpression; readonly scope: Scope }[] = [];
  const whole = scopeOf(facts);
  for (const fn of facts.functions) {
    const parameter = fn.params[0]?.target;
    if (fn.id !== 0 && !(fn.parent === 0 && parameter?.kind === "bind" && parameter.name === "sequelize") && fn.class === undefined)
      continue;
    for (const { call, scope } of stepsOf(facts, fn, whole)) {
      const path = pathOf(call.callee);
      const method = path?.at(-1);
      const args = call.args.map((one) => one.value);
      if (method === "define" && textIn(scope, args[0]) !== undefined && (takes || path?.includes("sequelize") === true))
        changes.push(...model(call, scope, textIn(scope, args[0]) ?? "", args[1], args[2], names));
      else if (method === "init" && takes && property(scope, args[1], "sequelize") !== undefined) {
        const own =
          path?.[0] === "this" || path?.[0] === "super"
            ? fn.class === undefined
              ? ""
              : (facts.classes[fn.class]?.name ?? "")
            : (path?.at(-2) ?? "");
        changes.push(...model(call, scope, textIn(scope, property(scope, args[1], "modelName")) ?? own, args[0], args[1], names, own));
      } else if (method === "belongsTo" || method === "hasMany" || method === "hasOne") later.push({ call, scope });
    }
  }
  if (later.length > 0 && takes) for (const [name, table] of modelsElsewhere(facts, elsewhere)) names.set(name, table);
  for (const { call, scope } of later) changes.push(...association(call, scope, names));
  return changes;
}

function model(
  call: CallExpression,
  scope: Scope,
  name: string,
  attributes: Expression | undefined,
  options: Expression | undefined,
  names: Map<string, string>,
  own = name,
): readonly SchemaChange[] {
  const underscored = isTrue(scope, property(scope, options, "underscored")) === true;
  const named = (one: string): string => (underscored ? snake(one) : one);
  const frozen = isTrue(scope, property(scope, options, "freezeTableName")) === true;
  const table = textIn(scope, property(scope, options, "tableName")) ?? (frozen ? named(name) : plural(named(name)));
  names.set(name, table).set(own, table);
  const site = siteIn(scope, call);
  const columns = entriesOf(scope, attributes);
  const changes: SchemaChange[] = [
    { kind: "table", table, model: name, site },
    { kind: "table", table, model: own, site },
    ...columns.flatMap(([column, value]) => attributeChanges(table, column, scope, value, siteIn(scope, value), named)),
  ];
  if (!columns.some(([, value]) => isTrue(scope, property(scope, value, "primaryKey")) === true))
    changes.push(
      { kind: "column", table, column: { name: "id", type: "integer", nullable: false, generated: "identity", site } },
      { kind: "primary-key", table, columns: ["id"] },
    );
  if (isTrue(scope, property(scope, options, "paranoid")) === true) changes.push({ kind: "soft-delete", table });
  const stamps = [
    ...(isTrue(scope, property(scope, options, "timestamps")) === false ? [] : ["createdAt", "updatedAt"]),
    ...(isTrue(scope, property(scope, options, "paranoid")) === true ? ["deletedAt"] : []),
  ];
  for (const stamp of stamps) {
    const other = property(scope, options, stamp);
    if (isTrue(scope, other) === false || columns.some(([column]) => column === stamp)) continue;
    const column = textIn(scope, other) ?? named(stamp);
    changes.push({
      kind: "column",
      table,
      column: { name: column, property: stamp, type: "timestamptz", nullable: stamp === "deletedAt", site },
    });
  }
  for (const item of elementsIn(scope, property(scope, options, "indexes")) ?? []) {
    const index = indexIn(scope, property(scope, item, "fields"), item, siteIn(scope, item), (column) =>
      fieldNamed(scope, columns, column, named),
    );
    if (index !== undefined) changes.push({ kind: "index", table, index });
  }
  return changes;
}

function fieldNamed(
  scope: Scope,
  columns: readonly (readonly [string, Expression])[],
  name: string,
  named: (one: string) => string,
): string {
  const own = columns.find(([column]) => column === name);
  return own === undefined ? name : (textIn(scope, property(scope, own[1], "field")) ?? named(name));
}

/** The key that an association makes when no attribute does. */
function association(call: CallExpression, scope: Scope, names: ReadonlyMap<string, string>): readonly SchemaChange[] {
  const path = pathOf(call.callee) ?? [];
  const table = names.get(path.at(-2) ?? "") ?? (path[0] === "this" && names.size > 0 ? [...names.values()][0] : undefined);
  const other = pathOf(call.args[0]?.value)?.at(-1);
  if (table === undefined || other === undefined) return [];
  const options = call.args[1]?.value;
  const target = names.get(other) ?? plural(other);
  const key =
    textIn(scope, property(scope, options, "foreignKey")) ?? textIn(scope, property(scope, property(scope, options, "foreignKey"), "name"));
  const as = textIn(scope, property(scope, options, "as"));
  const isOwn = path.at(-1) === "belongsTo";
  const site = siteIn(scope, call);
  const relation = { name: as ?? other, kind: path.at(-1) === "hasMany" ? "many" : "one", table: target } as const;
  const changes: SchemaChange[] = [{ kind: "relation", table, relation }];
  if (isOwn && key !== undefined) {
    changes.push({ kind: "column", table, column: { name: key, site } });
    changes.push({
      kind: "foreign-key",
      table,
      key: { columns: [key], table: target, references: [], site, ...deletion(textIn(scope, property(scope, options, "onDelete"))) },
    });
  }
  return changes;
}
