/** Querysets and managers of Django: what each method asks, and what it gives. */
import type { EffectSpec } from "../../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../../model/library.ts";
import { many, named, names, one } from "../places.ts";

const query: EffectSpec = { kind: "db-read", list: true, blocking: true };
const chain: MethodSpec = { sets: {}, returns: one("QuerySet") };
const pair: ResultSpec = { tuple: [one("Model"), "value"] };

/** One statement when it is called; `waits`: a coroutine that the event loop does not stand still for. */
function asked(waits: boolean): Readonly<Record<string, MethodSpec>> {
  const blocking = !waits;
  const promise = waits;
  const reads = (more: Omit<MethodSpec, "runs">, sets: Partial<EffectSpec> & { limited?: boolean } = {}): MethodSpec => ({
    runs: true,
    sets: { list: false, blocking, ...sets },
    promise,
    ...more,
  });
  const writes = (more: Partial<EffectSpec>, returns: ResultSpec): MethodSpec => ({
    runs: true,
    sets: { kind: "db-write", list: false, blocking, ...more },
    promise,
    returns,
  });
  const counts = reads({ returns: "value", rows: { keeps: true } }, { count: true });
  const looksUp: MethodSpec = {
    effect: { kind: "db-read", blocking, where: "keywords", makesMissing: true },
    also: [{ kind: "db-write", blocking }],
    promise,
    returns: pair,
  };
  const spelled: Readonly<Record<string, MethodSpec>> = {
    get: reads({ returns: one("Model") }, { limited: true, where: "keywords" }),
    ...names("first last", reads({ returns: one("Model") }, { limited: true })),
    ...names("earliest latest", reads({ returns: one("Model") }, { limited: true, sort: "arguments" })),
    ...names("count exists contains", counts),
    aggregate: reads({ returns: "value" }, { count: true }),
    in_bulk: reads({ returns: many("Model"), rows: { byKey: true } }, { list: true, bulk: true }),
    create: { ...writes({}, one("Model")), rows: { made: true } },
    ...names("get_or_create update_or_create", looksUp),
    ...names("bulk_create bulk_update", writes({ bulk: true }, { argument: 0 })),
    update: writes({ bulk: true }, "value"),
    delete: writes({ bulk: true, beside: "cascades" }, "value"),
    ...names("add remove clear", writes({ bulk: true }, "void")),
    set: { ...writes({ bulk: true, beside: "replaces" }, "void"), iterates: named("objs", 0) },
  };
  return waits ? Object.fromEntries(Object.entries(spelled).map(([name, spec]) => [`a${name}`, spec])) : spelled;
}

const clauses =
  "filter exclude annotate alias order_by reverse distinct using defer only extra union intersection difference select_for_update " +
  "complex_filter with_rank";

export const queryTypes: Readonly<Record<string, TypeSpec>> = {
  QuerySetClass: { members: { as_manager: { returns: { type: "Manager" } } }, instances: "QuerySet" },
  ManagerClass: {
    members: { from_queryset: { returns: { type: "ManagerClass" } } },
    instances: "Manager",
    call: { returns: { type: "Manager" } },
  },
  Manager: {
    extends: "QuerySet",
    lazy: query,
    inert: true,
    element: one("Model"),
    members: {
      get_queryset: { ...chain, rows: { keeps: true } },
      // Content types are kept in memory.
      ...names("get_for_model get_for_id", { returns: one("Model") }),
      get_for_models: { returns: "value" },
    },
  },
  QuerySet: {
    lazy: query,
    inert: true,
    element: one("Model"),
    // `author.books(manager="found")`: the same rows through another manager.
    call: { ...chain, rows: { keeps: true } },
    members: {
      ...asked(false),
      ...asked(true),
      ...names(clauses, chain),
      ...names("filter complex_filter", { ...chain, sets: { where: "keywords" } }),
      exclude: { ...chain, sets: { where: "excluded" } },
      order_by: { ...chain, sets: { sort: "arguments" } },
      select_for_update: { ...chain, sets: { locks: true } },
      all: { ...chain, rows: { keeps: true } },
      iterator: { ...chain, sets: { stream: true } },
      aiterator: { ...chain, sets: { stream: true } },
      none: { ...chain, rows: { none: true } },
      ...names("values values_list dates datetimes", { ...chain, sets: { columns: [{ arg: 0 }] }, rows: { plain: true } }),
      ...names("only defer", { ...chain, sets: { columns: [{ arg: 0 }] } }),
      select_related: { ...chain, rows: { eager: "keys" } },
      prefetch_related: { ...chain, rows: { eager: "arguments", by: "statement" } },
      raw: { sets: { sql: named("raw_query", 0) }, returns: one("QuerySet") },
      as_manager: { returns: { type: "Manager" } },
    },
  },
};
