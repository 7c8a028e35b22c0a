/** Beanie: documents that are asked by their classes; one is awaited, many are listed or gone through. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { many, named, names, one } from "../shapes/places.ts";

const row = one("Row");
const rows = many("Row");

function waits(effect: EffectSpec, returns: ResultSpec): MethodSpec {
  return { effect, promise: true, returns };
}

function runs(sets: Partial<EffectSpec> & { readonly limited?: boolean }, returns: ResultSpec): MethodSpec {
  return { runs: true, sets, promise: true, returns };
}

const condition = { filter: [{ arg: 0 }], where: "expressions" } as const;
const finds: MethodSpec = {
  sets: { ...condition, limit: [named("limit")], skip: [named("skip")] },
  returns: one("Many"),
};
const findsOne: MethodSpec = { sets: { ...condition, list: false, limited: true }, returns: one("One") };
const changes: MethodSpec = { sets: { kind: "db-write", list: false, bulk: true }, returns: one("Change") };
const changesOne: MethodSpec = { sets: { kind: "db-write", list: false }, returns: one("Change") };
const stages: MethodSpec = { sets: { stages: [named("aggregation_pipeline", 0)] }, returns: one("Stages") };
const written = (more: Partial<EffectSpec> = {}): MethodSpec => waits({ kind: "db-write", instance: true, ...more }, "same");

const found: TypeSpec = {
  lazy: { kind: "db-read", list: true },
  inert: true,
  gives: rows,
  element: row,
  any: { returns: "same" },
  members: {
    ...names("find find_many", finds),
    sort: { sets: { sort: "arguments" } },
    limit: { sets: { limit: [named("n", 0)] } },
    skip: { sets: { skip: [named("n", 0)] } },
    to_list: runs({}, rows),
    first_or_none: runs({ list: false, limited: true }, row),
    ...names("count exists sum avg max min", runs({ list: false, count: true }, "value")),
    distinct: runs({}, "rows"),
    aggregate: stages,
    ...names("update update_many set inc current_date delete delete_many", changes),
  },
};

export default library({
  id: "beanie",
  language: "python",
  packages: ["beanie", "beanie.odm.documents", "beanie.odm.views"],
  models: { row: "Row", statics: "Model", many: { query: "Many" }, reads: { kind: "db-read" }, separator: "__" },
  exports: {
    ...names("Document DocumentWithSoftDelete UnionDoc View", { class: "Row", statics: "Model" }),
    init_beanie: { value: "Starts" },
  },
  types: {
    Row: {
      shows: true,
      members: {
        ...names("insert create save save_changes replace update upsert set inc current_date", written()),
        delete: written(),
        ...names("fetch_link sync", waits({ kind: "db-read", instance: true }, "value")),
        fetch_all_links: waits({ kind: "db-read", list: true, instance: true }, "void"),
        ...names("model_dump dict json model_dump_json", { returns: "value" }),
      },
    },
    Model: {
      instances: "Row",
      fields: "Attribute",
      any: "Attribute",
      members: {
        ...names("find find_many", finds),
        ...names("find_all all", { sets: { limit: [named("limit")] }, returns: one("Many") }),
        find_one: findsOne,
        get: waits({ kind: "db-read", filter: [named("document_id", 0)] }, row),
        ...names("count estimated_document_count", waits({ kind: "db-read", count: true }, "value")),
        distinct: waits({ kind: "db-read", list: true }, "rows"),
        aggregate: stages,
        insert_one: waits({ kind: "db-write" }, { argument: 0 }),
        ...names("insert_many replace_many", waits({ kind: "db-write", bulk: true }, "value")),
        delete_all: waits({ kind: "db-write", bulk: true }, "value"),
        ...names("update_all", changes),
        ...names("get_settings get_collection_name model_validate parse_obj model_rebuild link_from_id", { returns: "value" }),
      },
    },
    Many: found,
    One: {
      lazy: { kind: "db-read" },
      gives: row,
      any: { returns: "same" },
      members: {
        find_one: findsOne,
        ...names("count exists", runs({ count: true }, "value")),
        ...names("update update_one set inc delete delete_one replace_one upsert current_date", changesOne),
      },
    },
    Change: { lazy: { kind: "db-write" }, gives: "value", any: { returns: "same" } },
    Stages: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      gives: "rows",
      element: "row",
      any: { returns: "same" },
      members: { to_list: runs({}, "rows") },
    },
    Attribute: { any: { returns: "same" } },
    Starts: { call: { effect: { kind: "connect" }, promise: true, returns: "void" } },
  },
});
