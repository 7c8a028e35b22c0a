/** What SQL text says of a draft. */
import type { Where } from "../../model/effect.ts";
import type { Activation } from "./activation.ts";
import { isPlainObject, controlOf } from "./draft-arguments.ts";
import { findMember } from "./classes.ts";
import type { Draft, Asked } from "./drafts.ts";
import { at } from "./drafts.ts";
import { depsOfName, sqlText } from "./texts.ts";
import { constantOf } from "./value.ts";
import type { World } from "./world.ts";
import { fail } from "./world.ts";

/** GET and HEAD read; what cannot be seen may write. */
export function withVerb(draft: Draft, asked: Asked, where: Where): Draft {
  const given = at(asked, where);
  const verb = given === undefined ? undefined : constantOf(given)?.value;
  const options = asked.args[where.arg];
  if (typeof verb === "string") return { ...draft, spec: { ...draft.spec, kind: /^(get|head)$/i.test(verb) ? "http-read" : "http-write" } };
  const hidden =
    given === undefined
      ? where.property !== undefined && options !== undefined && !isPlainObject(options)
      : given.what.length === 0 || given.what.some((one) => one.kind !== "const");
  return hidden ? { ...draft, spec: { ...draft.spec, kind: "http-write" } } : draft;
}

/** `class PurgeRequest(Request)` with a `get_method` of its own: what it does there is not known to be a read. */
export function withOwnVerb(world: World, draft: Draft, asked: Asked): Draft {
  const { ownMethod } = draft.spec;
  if (ownMethod === undefined) return draft;
  const own = at(asked, ownMethod.of)?.what.some(
    (one) => one.kind === "instance" && findMember(world, one.ref, ownMethod.name, false) !== undefined,
  );
  return own === true ? { ...draft, spec: { ...draft.spec, kind: "http-write" } } : draft;
}

/** One row of one column, which is a number of rows. */
const onlyCounts = /^\s*select\s+count\s*\([^()]*\)(\s*::\s*\w+)?(\s+(as\s+)?["`]?\w+["`]?)?\s+from\b/i;

/** Longer ones are data; what they do and to which table stands at the beginning. */
const maxSql = 50_000;

/** SQL text says what is done, to which table, and whether it is bounded. */
export function withSql(act: Activation, draft: Draft, asked: Asked, where: Where): Draft {
  const whole = sqlText(act, asked.args, where, asked.e);
  const sql = whole === undefined || whole.length <= maxSql ? whole : whole.slice(0, maxSql);
  if (sql !== whole)
    fail(
      act.world,
      act.unit.facts.file,
      "too-large",
      `of an SQL statement with more than ${String(maxSql)} characters only the beginning is read`,
    );
  const control = sql === undefined ? undefined : controlOf(sql);
  if (control !== undefined) return { ...draft, sql, spec: { ...draft.spec, transaction: control } };
  const facts = sql === undefined ? undefined : act.world.sql(sql);
  if (facts === undefined) return { ...draft, sql };
  if (facts.action === "transaction")
    return { ...draft, sql, spec: { ...draft.spec, transaction: /^\s*(begin|start)/i.test(sql ?? "") ? "begin" : "commit" } };
  const kind = facts.action === "read" ? "db-read" : "db-write";
  const list = kind === "db-read" && !facts.single && draft.spec.list === true;
  const counts = facts.single && onlyCounts.test(sql ?? "");
  return {
    ...draft,
    sql,
    ...(facts.tables.length === 0 && !facts.complete ? { named: depsOfName(act, asked.args, where, asked.e) } : {}),
    spec: counts ? { ...draft.spec, kind, list, count: true } : { ...draft.spec, kind, list },
    ...(facts.asks === undefined ? undefined : { shape: facts.asks }),
    table: facts.tables[0] ?? draft.table,
    limited: draft.limited || (facts.limited && !counts),
    byList: draft.byList || facts.byList,
  };
}
