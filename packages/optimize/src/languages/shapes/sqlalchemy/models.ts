/** Models of SQLAlchemy: what their classes and attributes are where statements are put together. */
import type { MethodSpec, TypeSpec } from "../../../model/library.ts";
import { names } from "../places.ts";

/** Columns and functions: a statement of them gives tuples. */
const expression: TypeSpec = {
  says: { values: true },
  any: { returns: "same" },
  members: names("in_ not_in notin_", { returns: { properties: { in: "value" } } }),
};

const relation: MethodSpec = { returns: { type: "Relationship" } };

/** How fields are declared: names of `sqlalchemy.orm`, also on Flask's `db`. */
export const declaring: Readonly<Record<string, MethodSpec>> = {
  ...names("relationship dynamic_loader", relation),
  ...names("Column mapped_column column_property deferred synonym", { returns: { type: "Column" } }),
};

export const modelTypes: Readonly<Record<string, TypeSpec>> = {
  Row: { members: { metadata: "MetaData", registry: "Registry" } },
  Model: {
    instances: "Row",
    fields: "Attribute",
    members: { query: "Query", metadata: "MetaData", registry: "Registry", __table__: "Table" },
    any: "Attribute",
  },
  /** `User.name`, where the class is asked. */
  Attribute: expression,
  /** What a class says of a column; on a row it is a plain value. */
  Column: expression,
  Relationship: {},
  Expression: expression,
  Count: { says: { values: true, count: true, list: false }, any: { returns: "same" } },
  Exists: { says: { values: true, count: true, list: false }, any: { returns: "same" } },
  Functions: { members: { count: { table: { arg: 0 }, returns: { type: "Count" } } }, any: { returns: { type: "Expression" } } },
  Table: {
    says: { values: true },
    members: {
      select: { returns: { type: "Select", table: "receiver" }, sets: { values: true } },
      insert: { returns: { type: "Insert", table: "receiver" } },
      update: { returns: { type: "Update", table: "receiver" } },
      delete: { returns: { type: "Delete", table: "receiver" } },
    },
    any: { returns: "value" },
  },
  MetaData: { members: { ...names("create_all drop_all reflect", { returns: "void" }), tables: "Tables" } },
  Tables: {},
  Registry: { members: { generate_base: { returns: { type: "Model" } } }, any: { returns: "value" } },
};
