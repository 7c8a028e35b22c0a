/** Django's ORM: models with relations, managers, querysets, and the models of packages that build on it. */
import { library } from "../../model/library.ts";
import { modelExports, modelPackages, modelsSpec, modelTypes } from "../shapes/django/models.ts";
import { queryTypes } from "../shapes/django/queries.ts";
import { named, names } from "../shapes/places.ts";

export default library({
  id: "django",
  connections: { variable: "DATABASES", main: "default", engine: "ENGINE", age: "CONN_MAX_AGE", options: "OPTIONS", pool: "pool" },
  language: "python",
  packages: [
    ...modelPackages,
    "django.contrib.auth",
    "django.conf",
    "django.apps",
    "django.shortcuts",
    "django.db.models.expressions",
    "django.db",
    "django.db.transaction",
  ],
  models: modelsSpec,
  exports: {
    ...modelExports,
    QuerySet: { class: "QuerySet", statics: "QuerySetClass" },
    ...names("Manager BaseManager MP_NodeManager TreeManager PolymorphicManager", { class: "Manager", statics: "ManagerClass" }),
    ...names("MP_NodeQuerySet TreeQuerySet PolymorphicQuerySet", { class: "QuerySet", statics: "QuerySetClass" }),
    get_user_model: { value: "GetUser" },
    settings: { value: "Settings" },
    apps: { value: "Apps" },
    transaction: { value: "Transactions" },
    atomic: { value: "MakesAtomic" },
    on_commit: { value: "OnCommit" },
    ...names("get_object_or_404 aget_object_or_404", { value: "GetOne" }),
    ...names("get_list_or_404 aget_list_or_404", { value: "GetMany" }),
  },
  types: {
    ...modelTypes,
    ...queryTypes,
    GetUser: { call: { returns: { model: "user" } } },
    Settings: { settles: "settings", members: { AUTH_USER_MODEL: "UserName" } },
    UserName: { names: "user" },
    Apps: { members: { get_model: { returns: { model: named("app_label", 0), name: named("model_name", 1) } } } },
    Transactions: { members: { atomic: "MakesAtomic", on_commit: "OnCommit" } },
    /** `@atomic`, `@atomic(using="other")`, `with atomic():` */
    MakesAtomic: { call: { wraps: 0, transactional: true, returns: { type: "Atomic" } } },
    Atomic: {
      call: { wraps: 0, transactional: true },
      members: { __enter__: { effect: { kind: "db-write", transaction: "begin" }, returns: "void" } },
    },
    OnCommit: { call: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" } },
    GetOne: { call: { asks: { of: named("klass", 0), by: "get" } } },
    GetMany: { call: { asks: { of: named("klass", 0), by: "filter" } } },
  },
});
