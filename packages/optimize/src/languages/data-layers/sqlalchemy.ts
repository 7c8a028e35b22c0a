/** SQLAlchemy 1.x and 2.x, Flask-SQLAlchemy and SQLModel: one library, since programs mix their sessions, statements and models. */
import type { ExportSpec, MethodSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { PoolSpec } from "../../model/pools.ts";
import { named, names } from "../shapes/places.ts";
import { declaring, modelTypes, models } from "../shapes/sqlalchemy/models.ts";
import { resultTypes } from "../shapes/sqlalchemy/results.ts";
import { sessionTypes } from "../shapes/sqlalchemy/sessions.ts";
import { defining, selecting, statement, statementTypes, writtenText } from "../shapes/sqlalchemy/builders.ts";

const pools: PoolSpec = {
  max: ["pool_size"],
  more: { name: "max_overflow", otherwise: 10 },
  unless: "poolclass",
};

/** Calls of the package, which Flask-SQLAlchemy's `db` answers too. */
const calls: Readonly<Record<string, MethodSpec>> = {
  ...declaring,
  // A pool of its own, which opens its first connection with the first statement.
  create_engine: { effect: { kind: "connect" }, returns: { type: "Engine" }, pools },
  create_async_engine: { effect: { kind: "connect" }, returns: { type: "AsyncEngine" }, pools },
  sessionmaker: { returns: { type: "SessionMaker" } },
  async_sessionmaker: { returns: { type: "AsyncSessionMaker" } },
  scoped_session: { returns: { type: "SessionRegistry" } },
  async_scoped_session: { returns: { type: "AsyncSessionRegistry" } },
  ...names("declarative_base automap_base", { returns: { type: "Model" } }),
  text: writtenText,
  ...defining,
  exists: { returns: { type: "Exists" } },
  aliased: { returns: { argument: 0 } },
  Table: { table: named("name", 0), returns: { type: "Table" } },
  select: selecting,
  insert: statement("Insert"),
  update: statement("Update"),
  delete: statement("Delete"),
};

/** Each call is an export of its own. */
const exported: Record<string, ExportSpec> = Object.fromEntries(Object.keys(calls).map((name) => [name, { value: `${name}()` }]));
const callable: Record<string, TypeSpec> = Object.fromEntries(Object.entries(calls).map(([name, call]) => [`${name}()`, { call }]));

export default library({
  id: "sqlalchemy",
  language: "python",
  packages: [
    "sqlalchemy",
    "sqlalchemy.orm",
    "sqlalchemy.orm.session",
    "sqlalchemy.orm.query",
    "sqlalchemy.orm.decl_api",
    "sqlalchemy.orm.scoping",
    "sqlalchemy.engine",
    "sqlalchemy.engine.base",
    "sqlalchemy.future",
    "sqlalchemy.future.engine",
    "sqlalchemy.sql",
    "sqlalchemy.sql.expression",
    "sqlalchemy.sql.functions",
    "sqlalchemy.sql.schema",
    "sqlalchemy.schema",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.asyncio.session",
    "sqlalchemy.ext.asyncio.engine",
    "sqlalchemy.ext.declarative",
    "sqlalchemy.ext.automap",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.sqlite",
    "flask_sqlalchemy",
    "flask_sqlalchemy.session",
    "flask_sqlalchemy.query",
    "sqlmodel",
    "sqlmodel.orm.session",
    "sqlmodel.ext.asyncio.session",
    "sqlmodel.sql.expression",
  ],
  models,
  receivers: [
    { given: "statement", calls: ["execute", "scalars", "scalar", "stream", "stream_scalars"], type: "Session", waits: "AsyncSession" },
    { given: "model", calls: ["query"], type: "Session", waits: "Session" },
    { given: "model", calls: ["get"], least: 2, type: "Session", waits: "AsyncSession" },
  ],
  exports: {
    ...exported,
    Field: { value: "Field()" },
    ...names("DeclarativeBase DeclarativeBaseNoMeta SQLModel AsyncAttrs MappedAsDataclass", { class: "Row", statics: "Model" }),
    Session: { class: "Session" },
    AsyncSession: { class: "AsyncSession" },
    ...names("Query BaseQuery", { type: "Query" }),
    ...names("Select SelectOfScalar", { type: "Select" }),
    Connection: { type: "Connection" },
    AsyncConnection: { type: "AsyncConnection" },
    Engine: { type: "Engine" },
    AsyncEngine: { type: "AsyncEngine" },
    ...names("Result CursorResult", { type: "Result" }),
    ScalarResult: { type: "Scalars" },
    MetaData: { class: "MetaData" },
    registry: { class: "Registry" },
    SQLAlchemy: { class: "FlaskDatabase" },
    func: { value: "Functions" },
    // Modules that a program names through the package: `sa.orm.relationship`.
    ...Object.fromEntries(Object.entries(exported).map(([name, spec]) => [`orm.${name}`, spec])),
  },
  types: {
    ...callable,
    /** SQLModel's columns. */
    "Field()": { call: { returns: { type: "Column" } }, references: named("foreign_key") },
    ...statementTypes,
    ...resultTypes,
    ...sessionTypes,
    ...modelTypes,
    /** `db = SQLAlchemy(app)`: everything of the package under one name, and the session of the request. */
    FlaskDatabase: {
      members: {
        ...calls,
        session: "SessionRegistry",
        Model: "Model",
        func: "Functions",
        engine: "Engine",
        metadata: "MetaData",
        paginate: {
          runs: named("select", 0),
          sets: { blocking: true, limit: [named("per_page")] },
          also: [{ kind: "db-read", count: true, blocking: true }],
          effect: { kind: "db-read", list: true, blocking: true },
          returns: { properties: { items: { type: "Row", list: true, table: "receiver" }, total: "value", pages: "value" } },
        },
        ...names("get_or_404", {
          effect: { kind: "db-read", blocking: true, table: named("entity", 0) },
          returns: { type: "Row", table: named("entity", 0) },
        }),
        ...names("first_or_404 one_or_404", {
          runs: named("statement", 0),
          sets: { list: false, blocking: true },
          effect: { kind: "db-read", blocking: true },
          returns: { type: "Row", table: "receiver" },
        }),
        ...names("create_all drop_all init_app", { returns: "void" }),
      },
    },
  },
});
