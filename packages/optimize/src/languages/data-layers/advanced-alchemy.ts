/** Advanced Alchemy: repositories and services over one model, as Litestar's programs write them. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

function repository(waits: boolean): TypeSpec {
  const blocking = !waits;
  const call = (effect: EffectSpec, returns: ResultSpec, also?: readonly EffectSpec[]): MethodSpec => ({
    effect: { ...effect, blocking },
    promise: waits,
    returns,
    ...(also === undefined ? {} : { also: also.map((one) => ({ ...one, blocking })) }),
  });
  const write: EffectSpec = { kind: "db-write" };
  const read: EffectSpec = { kind: "db-read" };
  const rows: ResultSpec = "rows";
  return {
    // The repositories of a request share its session.
    serial: true,
    members: {
      ...names("get get_one get_one_or_none", call(read, "row")),
      ...names("count exists", call({ ...read, count: true }, "value")),
      list: call({ ...read, list: true }, rows),
      list_and_count: call({ ...read, list: true }, { tuple: [rows, "value"] }, [{ ...read, count: true }]),
      create: call(write, "row"),
      update: call(write, "row", [read]),
      ...names("create_many update_many upsert_many", call({ ...write, bulk: true }, rows)),
      ...names("delete_many delete_where", call({ ...write, bulk: true }, rows)),
      delete: call(write, "row", [read]),
      upsert: call({ ...write }, "row", [read]),
      ...names("get_or_upsert get_and_update", call({ ...read, makesMissing: true }, { tuple: ["row", "value"] }, [write])),
      ...names("to_schema to_model", { returns: { argument: 0 } }),
    },
  };
}

export default library({
  id: "advanced-alchemy",
  language: "python",
  packages: [
    "advanced_alchemy.repository",
    "advanced_alchemy.service",
    "advanced_alchemy.extensions.litestar.repository",
    "advanced_alchemy.extensions.litestar.service",
    "advanced_alchemy.extensions.fastapi.repository",
    "advanced_alchemy.extensions.fastapi.service",
    "litestar.plugins.sqlalchemy.repository",
    "litestar.plugins.sqlalchemy.service",
  ],
  exports: {
    ...names("SQLAlchemyAsyncRepository SQLAlchemyAsyncSlugRepository SQLAlchemyAsyncRepositoryService SQLAlchemyAsyncQueryService", {
      class: "AsyncRepository",
      tableArgument: 0,
    }),
    ...names("SQLAlchemySyncRepository SQLAlchemySyncSlugRepository SQLAlchemySyncRepositoryService SQLAlchemySyncQueryService", {
      class: "Repository",
      tableArgument: 0,
    }),
    schema_dump: { value: "Dump" },
  },
  types: {
    AsyncRepository: repository(true),
    Repository: repository(false),
    Dump: { call: { returns: { argument: 0 } } },
  },
});
