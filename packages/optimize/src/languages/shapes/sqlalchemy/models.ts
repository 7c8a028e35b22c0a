/** Models of SQLAlchemy: what their classes and attributes are where statements are put together. */
import type { MethodSpec, TypeSpec } from "../../../model/library.ts";
import type { FieldSpec, ModelsSpec, ToldSpec } from "../../../model/models.ts";
import { named, names } from "../places.ts";

/** Columns and functions: a statement of them gives tuples. */
const expression: TypeSpec = {
  says: { values: true },
  any: { returns: "same" },
  members: names("in_ not_in notin_", { returns: { properties: { in: "value" } } }),
};

export const models: ModelsSpec = {
  row: "Row",
  statics: "Model",
  many: "list",
  dynamic: "Query",
  identity: true,
  writes: { kind: "db-write", pending: true, batched: true, instance: true },
  reads: { kind: "db-read", blocking: true },
  separator: ".",
};

const told: ToldSpec = {
  list: named("uselist"),
  through: named("secondary", 1),
  keys: named("foreign_keys"),
  remote: named("remote_side"),
  alone: [named("passive_deletes"), named("viewonly")],
  reverse: named("backref"),
  loads: named("lazy"),
  when: {
    ...names("joined selectin subquery immediate false", "row"),
    ...names("dynamic write_only", "query"),
    ...names("noload raise raise_on_sql", "never"),
  },
};
const relation: FieldSpec = { relation: "many", via: "reverse", to: named("argument", 0), reverse: named("back_populates"), told };

/** SQLModel's `Relationship` is annotated with what it leads to, and hands the rest on. */
const passed = (property: string) => ({ ...named("sa_relationship_kwargs"), property });
const annotatedRelation: FieldSpec = {
  relation: "many",
  via: "reverse",
  reverse: named("back_populates"),
  told: {
    ...told,
    list: passed("uselist"),
    through: named("link_model"),
    keys: passed("foreign_keys"),
    remote: passed("remote_side"),
    alone: [named("passive_deletes"), passed("passive_deletes"), passed("viewonly")],
    loads: passed("lazy"),
  },
};

/** Options that load relations with the rows, and those that say how little of something is loaded. */
const loading: MethodSpec = { rows: { eager: "arguments" }, returns: { type: "Loader" } };
const loaders = "joinedload contains_eager joinedload_all selectin_polymorphic";
const laterLoaders = "selectinload subqueryload immediateload subqueryload_all selectinload_all";
const loadingLater: MethodSpec = { rows: { eager: "arguments", by: "statement" }, returns: { type: "Loader" } };
const others =
  "load_only defer undefer defer_group undefer_group lazyload noload raiseload defaultload with_loader_criteria with_expression";

/** Calls of `sqlalchemy` and `sqlalchemy.orm` in models and options, also on Flask's `db`. */
export const declaring: Readonly<Record<string, MethodSpec>> = {
  ...names("relationship dynamic_loader", { returns: { type: "Relationship" } }),
  Relationship: { returns: { type: "AnnotatedRelationship" } },
  backref: { returns: { type: "Backref" } },
  ForeignKey: { returns: { type: "Key" } },
  ...names("Column mapped_column column_property deferred synonym", { returns: { type: "Column" } }),
  ...names(loaders, loading),
  ...names(laterLoaders, loadingLater),
  ...names(others, { returns: { type: "Loader" } }),
};

export const modelTypes: Readonly<Record<string, TypeSpec>> = {
  /** SQLModel's tables are Pydantic's classes too. */
  Row: { shows: true, members: { metadata: "MetaData", registry: "Registry" } },
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
  Relationship: { field: relation },
  AnnotatedRelationship: { field: annotatedRelation },
  Backref: {},
  Key: { references: named("column", 0) },
  Loader: {
    holds: "paths",
    any: { returns: "same" },
    members: { ...names(loaders, loading), ...names(laterLoaders, loadingLater), options: loading, ...names(others, { returns: "same" }) },
  },
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
  MetaData: { members: { ...names("create_all drop_all reflect", { returns: "void" }), tables: "Tables", sorted_tables: "TableList" } },
  Tables: {},
  TableList: { element: { type: "Table" } },
  Registry: { members: { generate_base: { returns: { type: "Model" } } }, any: { returns: "value" } },
};
