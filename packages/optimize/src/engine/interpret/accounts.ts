/** Who asks: the row that a request's session leads to. It is loaded when something looks at it, once in each request. */
import type { Cost } from "../../model/formula.ts";
import { costOf, either, free, inSequence, perhaps } from "../../model/formula.ts";
import type { AccountSpec } from "../../model/route-table.ts";
import { callValue } from "./call-targets.ts";
import { findMember } from "./classes.ts";
import { joinAll } from "./joins.ts";
import { exportedValue, moduleActivation } from "./modules.ts";
import { isRow } from "./row-results.ts";
import { rowValue } from "./relation-step.ts";
import { plainState, stateWith } from "./row-state.ts";
import { allModels } from "./schema.ts";
import { userModel } from "./schema-targets.ts";
import { namedIn, textsOf } from "./settings.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf, constantValue, newHeap, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

export interface Account {
  /** What costs at most to know who it is: nothing is asked for a stranger. */
  readonly cost: Cost;
  readonly member: string;
  readonly row: Value;
  readonly decorators: readonly string[];
}

const site = "account";

export function isAccount({ what }: Value): boolean {
  const origin = what[0];
  return origin?.kind === "library" && origin.site === site;
}

/** Nothing when no middleware of the settings says who asks. */
export function accountOf(world: World, holder: Unit, middlewares: readonly string[], spec: AccountSpec): Account | undefined {
  const { sessions, member, decorators } = spec;
  const stranger = strangerOf(world);
  if (!middlewares.includes(spec.middleware) || stranger === undefined) return undefined;
  const engine = constantOf(exportedValue(world, holder, sessions.setting) ?? unknown)?.value ?? sessions.stored[0];
  const kept = middlewares.includes(sessions.middleware) && typeof engine === "string" && sessions.stored.includes(engine);
  const found = textsOf(world, holder, spec.backends).flatMap((name) => lookUp(world, holder, name, spec.method) ?? []);
  const loading = found.length === 0 ? costOf("reads") : found.map((one) => one.cost).reduce(either);
  const rows = joinAll(found.map((one) => one.rows)).what;
  const row: Value = rows.length === 0 ? stranger : { what: rows, deps: [], key: undefined };
  return {
    cost: perhaps(inSequence(kept ? costOf("reads") : free, loading)),
    member,
    decorators,
    row: { ...row, what: row.what.map((one) => (one.kind === "library" ? { ...one, site } : one)), key: site },
  };
}

/** A row of the accounts' table, of which nothing else is known. */
function strangerOf(world: World): Value | undefined {
  const library = [...new Set(world.libraries.values())].find((one) => one.models?.account !== undefined);
  const row = library?.models?.row;
  if (library === undefined || row === undefined) return undefined;
  const like = { kind: "library" as const, library, type: row, table: undefined, site };
  return rowValue(like, userModel(world, allModels(world)), stateWith(plainState, { single: true }));
}

/** What the project's own class of those that look accounts up does for it. */
function lookUp(world: World, holder: Unit, name: string, method: string): { readonly cost: Cost; readonly rows: Value } | undefined {
  for (const origin of namedIn(world, holder, name).what) {
    const found = origin.kind === "class" ? findMember(world, origin.ref, method, false) : undefined;
    if (origin.kind !== "class" || found?.member.function === undefined || found.ref.unit.written !== undefined) continue;
    const act = moduleActivation(world, found.ref.unit);
    const self = valueOf({ kind: "instance", ref: origin.ref });
    const fn = found.member.function;
    const value = callValue(
      act,
      valueOf({ kind: "closure", unit: found.ref.unit, fn, env: found.ref.env, self, home: found.ref }),
      [unknown],
      place(found.ref),
    );
    return { cost: act.cost, rows: { what: value.what.filter((one) => one.kind === "library" && isRow(one)), deps: [], key: undefined } };
  }
  return undefined;
}

function place({ facts }: ClassRef): {
  readonly at: number;
  readonly end: number;
  readonly kind: "literal";
  readonly type: "null";
  readonly value: null;
} {
  return { at: facts.at, end: facts.end, kind: "literal", type: "null", value: null };
}

/** A request as a view is given it, or, shared by all routes, as the middlewares before them are. */
export function requestOf(world: World, verb: string | undefined, account: Account | undefined, shared = false): Value {
  const object = { ...newHeap(world, shared), literal: false };
  if (verb !== undefined) {
    object.props.set("method", constantValue(verb.toUpperCase()));
    // Whoever only hands the request on is told apart by it too: texts count where a function decides by them, flags everywhere.
    object.props.set(`is ${verb}`, constantValue(true));
  }
  if (account !== undefined) object.props.set(account.member, account.row);
  return valueOf({ kind: "object", object });
}
